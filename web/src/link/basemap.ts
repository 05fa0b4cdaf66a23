import { type Language, nameIn, Names } from '@app/shared';
import type { Feature, Geometry } from 'geojson';
import { z } from 'zod';
import type { MapFeatures } from '../map/engine.js';
import { ask, askRaw } from './http.js';

const Listing = z.object({ items: z.array(z.object({ name: z.string(), isSchematic: z.boolean() })) });

/** Half of a city's bytes, and seen from near by alone: the first picture does not wait for them. */
const LATER: ReadonlySet<string> = new Set(['buildings']);

/** The offline map of one city: GeoJSON by layer name, in WGS 84. `isSchematic`: drawn by us, not surveyed. */
export interface Basemap {
  readonly layers: ReadonlyMap<string, MapFeatures>;
  /** Layers that the city has and that are fetched one by one, once the others are drawn. */
  readonly later: readonly string[];
  readonly isSchematic: boolean;
}

/** Fetches what a first picture needs. A layer that fails fails all: half a map would mislead. @throws HttpFault */
export async function fetchBasemap(signal?: AbortSignal): Promise<Basemap> {
  const stop = signal ? { signal } : {};
  const { items } = await ask('/api/basemap', Listing, stop);
  const names = items.map(({ name }) => name);
  const layers = await Promise.all(
    names
      .filter((name) => !LATER.has(name))
      .map(async (name) => [name, await fetchBasemapLayer(name, signal)] as const),
  );
  return {
    layers: new Map(layers),
    later: names.filter((name) => LATER.has(name)),
    isSchematic: items.some(({ isSchematic }) => isSchematic),
  };
}

/** One layer of the city's map. @throws HttpFault */
export async function fetchBasemapLayer(name: string, signal?: AbortSignal): Promise<MapFeatures> {
  return toFeatures(await askRaw(`/api/basemap/${name}.json`, signal ? { signal } : {}));
}

/** The features with `label` in a language beside what they carry, since a style cannot look into `names`. */
export function labelled(features: MapFeatures, language: Language): MapFeatures {
  return {
    type: 'FeatureCollection',
    features: features.features.map((feature) => ({
      ...feature,
      properties: { ...feature.properties, label: labelOf(feature, language) },
    })),
  };
}

function labelOf(
  { properties }: Feature<Geometry, Record<string, unknown> | null>,
  language: Language,
): string {
  const names = Names.safeParse(properties?.['names']);
  return names.success ? nameIn(names.data, language) : '';
}

function toFeatures(answer: unknown): MapFeatures {
  const features = (answer as { features?: unknown } | null)?.features;
  return {
    type: 'FeatureCollection',
    features: Array.isArray(features) ? (features as MapFeatures['features']) : [],
  };
}
