import { Id, type IncidentReport, type LngLat, METRES_PER_DEGREE } from '@app/shared';
import { z } from 'zod';
import type { Api } from '../client/api.js';
import { Refused } from '../client/refused.js';
import { say } from '../client/say.js';

const Reported = z.object({ id: Id, grid: z.string().nullable() });
export type Reported = z.infer<typeof Reported>;

/** Tells the server one incident; a refusal is said in the log and answered with undefined. */
export async function sendReport(api: Api, body: IncidentReport): Promise<Reported | undefined> {
  const ask = { method: 'POST', path: '/incidents', body, key: crypto.randomUUID(), tries: 4 } as const;
  try {
    return await api.ask(ask, Reported);
  } catch (error) {
    say('report.failed', { code: error instanceof Refused ? error.code : String(error) });
    return undefined;
  }
}

/** A place so many metres from another, rounded to the lattice of 1e-6 degree. */
export function around([lng, lat]: LngLat, bearing: number, metres: number): { lng: number; lat: number } {
  const perLng = METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180);
  const round = (degrees: number) => Math.round(degrees * 1e6) / 1e6;
  return {
    lng: round(lng + (Math.sin(bearing) * metres) / perLng),
    lat: round(lat + (Math.cos(bearing) * metres) / METRES_PER_DEGREE),
  };
}
