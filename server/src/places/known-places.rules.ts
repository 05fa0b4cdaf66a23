import { type LngLat, Names, type PlaceKind } from '@app/shared';
import { z } from 'zod';

/** A place by name, wherever it lies; `words` are what else it is called. A road has many points. */
export interface NamedPlace {
  readonly kind: PlaceKind;
  readonly names: Names;
  readonly words: readonly string[];
  readonly points: readonly LngLat[];
}

const Place = z.tuple([z.number(), z.number()]).rest(z.number());
const Named = z.object({ names: Names, kind: z.string().optional() });
const Layer = z.object({
  features: z.array(
    z.object({
      geometry: z.discriminatedUnion('type', [
        z.object({ type: z.literal('Point'), coordinates: Place }),
        z.object({ type: z.literal('LineString'), coordinates: z.array(Place).min(1) }),
      ]),
      properties: Named,
    }),
  ),
});
type Feature = z.infer<typeof Layer>['features'][number];

const isLine = ({ geometry }: Feature) => geometry.type === 'LineString';
const namesKey = ({ properties }: Feature) => properties.names.hans;

/** Features of a layer that have a name and a form that we know; others are passed over. */
const featuresOf = (layer: unknown): Feature[] => {
  const features = (layer as { features?: unknown } | null)?.features;
  if (!Array.isArray(features)) return [];
  return features.flatMap((one) => Layer.safeParse({ features: [one] }).data?.features ?? []);
};

/** Roads and the places where two of them meet, from a layer of lines. */
export function roadsOf(layer: unknown): NamedPlace[] {
  const lines = featuresOf(layer).filter((one) => isLine(one) && namesKey(one) !== '');
  const roads = new Map<string, { names: Names; points: LngLat[] }>();
  const meetings = new Map<string, { at: LngLat; roads: Map<string, Names> }>();
  for (const line of lines) {
    const { names } = line.properties;
    const spots = pointsOf(line);
    const road = roads.get(names.hans) ?? { names, points: [] };
    roads.set(names.hans, road);
    road.points.push(...spots);
    for (const at of spots) {
      const key = at.join();
      const here = meetings.get(key) ?? { at, roads: new Map<string, Names>() };
      meetings.set(key, here);
      here.roads.set(names.hans, names);
    }
  }
  const crossings = [...meetings.values()].flatMap(({ at, roads: met }): NamedPlace[] => {
    const [one, other] = [...met.values()];
    return one && other ? [{ kind: 'crossing', names: crossing(one, other), words: [], points: [at] }] : [];
  });
  const whole = [...roads.values()].map((road): NamedPlace => ({ kind: 'road', words: [], ...road }));
  return [...whole, ...onceEach(crossings)];
}

/** Villages and other labelled places of a layer of points. */
export const villagesOf = (layer: unknown, kinds: readonly string[]): NamedPlace[] =>
  featuresOf(layer)
    .filter((one) => !isLine(one) && kinds.includes(one.properties.kind ?? ''))
    .map((one) => ({ kind: 'village', names: one.properties.names, words: [], points: pointsOf(one) }));

const pointsOf = ({ geometry }: Feature): LngLat[] =>
  (geometry.type === 'Point' ? [geometry.coordinates] : geometry.coordinates).map(([lng, lat]) => [lng, lat]);

const crossing = (one: Names, other: Names): Names => ({
  hans: `${one.hans}与${other.hans}路口`,
  hant: `${one.hant || one.hans}與${other.hant || other.hans}路口`,
  en: `${one.en || one.hans} / ${other.en || other.hans}`,
});

/** Two roads that meet several times close to each other are one crossing. */
const onceEach = (places: readonly NamedPlace[]): NamedPlace[] => [
  ...new Map(places.map((place) => [place.names.hans, place])).values(),
];
