import { Centre, Device, Id, type LngLat, Session, Settings, Team } from '@app/shared';
import { z } from 'zod';
import type { Api } from '../client/api.js';
import type { FleetTeam } from './fleet.js';
import type { RoadLine } from './road-graph.js';
import type { Grid } from './spots.js';

const Position = z.tuple([z.number(), z.number()]);
const Roads = z.object({
  features: z.array(
    z.object({
      properties: z.object({ class: z.string(), names: z.object({ hans: z.string() }) }),
      geometry: z.object({ type: z.literal('LineString'), coordinates: z.array(Position).min(2) }),
    }),
  ),
});
const Grids = z.object({
  features: z.array(
    z.object({
      properties: z.object({ code: z.string(), anchor: Position }),
      geometry: z.object({ type: z.literal('Polygon'), coordinates: z.array(z.array(Position)).min(1) }),
    }),
  ),
});

/** The roads that a basemap draws. @throws ZodError for anything else */
export const roadLinesOf = (layer: unknown): RoadLine[] =>
  Roads.parse(layer).features.map(({ properties, geometry }) => ({
    class: properties.class,
    name: properties.names.hans,
    points: geometry.coordinates,
  }));

/** What the simulator knows of a city: all of it told by the public doors. */
export interface City {
  readonly root: Id;
  readonly timeZone: string;
  readonly centres: readonly Centre[];
  readonly roads: readonly RoadLine[];
  readonly grids: readonly Grid[];
}

export async function readCity(api: Api): Promise<City> {
  const { centre } = await api.get('/session', Session);
  const { timeZone } = await api.get('/settings', Settings);
  const { items: centres } = await api.get('/centres', z.object({ items: z.array(Centre) }));
  const roads = await api.get('/basemap/roads.json', { parse: roadLinesOf });
  const grids = await api.get('/basemap/grids.json', Grids);
  return {
    root: centre.id,
    timeZone,
    centres,
    roads,
    grids: grids.features.map(({ properties, geometry }) => ({
      ...properties,
      ring: geometry.coordinates[0] ?? [],
    })),
  };
}

/** Teams with a device in use, where they were last seen. */
export async function readTeams(api: Api): Promise<FleetTeam[]> {
  const devices = await api.list('/devices', {}, Device);
  const inUse = devices.filter(({ revokedAt }) => revokedAt === null);
  const deviceOf = new Map(inUse.map((device) => [device.team, device]));
  const teams = await api.list('/teams', {}, Team);
  return teams.flatMap(({ id, callSign, mode, centre, position }): FleetTeam[] => {
    const device = deviceOf.get(id);
    const last: LngLat | null = position && [position.lng, position.lat];
    return device ? [{ id, callSign, mode, centre, device: device.id, last }] : [];
  });
}
