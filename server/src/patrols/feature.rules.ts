import { isDeepStrictEqual } from 'node:util';
import {
  BeatFeature,
  CheckpointFeature,
  type Names,
  type PatrolFeatures,
  type BeatDraft,
  type CheckpointDraft,
  type CentreId,
  type RefusedFeature,
} from '@app/shared';
import { checkPolygon } from './ground.rules.js';
import type { BeatRow, CheckpointRow } from './ground.table.js';

/** A checkpoint whose beat is known by its name alone. */
interface NamedCheckpoint {
  readonly index: number;
  readonly beatName: string | null;
  readonly draft: Omit<CheckpointDraft, 'beat'>;
}

export interface ReadFeatures {
  readonly beats: readonly BeatDraft[];
  readonly checkpoints: readonly NamedCheckpoint[];
  readonly refused: readonly RefusedFeature[];
}

/** Reads the features of a collection one by one: a polygon is a beat, a point a checkpoint. */
export function readFeatures(features: readonly unknown[], centre: CentreId): ReadFeatures {
  const beats: BeatDraft[] = [];
  const checkpoints: NamedCheckpoint[] = [];
  const refused: RefusedFeature[] = [];
  features.forEach((feature, index) => {
    const read = readFeature(feature, index, centre);
    if ('wanted' in read) refused.push(read);
    else if ('polygon' in read) beats.push(read);
    else checkpoints.push(read);
  });
  return { beats, checkpoints, refused };
}

function readFeature(
  feature: unknown,
  index: number,
  centre: CentreId,
): BeatDraft | NamedCheckpoint | RefusedFeature {
  const kind = geometryOf(feature);
  if (kind !== 'Polygon' && kind !== 'Point')
    return {
      index,
      reason: 'geometry',
      seen: kind,
      wanted: 'a Polygon for a beat, a Point for a checkpoint',
    };
  const read = (kind === 'Polygon' ? BeatFeature : CheckpointFeature).safeParse(feature);
  if (!read.success) {
    const [issue] = read.error.issues;
    return { index, reason: 'property', seen: issue?.path.join('.') ?? '', wanted: issue?.message ?? '' };
  }
  const { geometry, properties } = read.data;
  const names = namesOf(properties);
  if (geometry.type === 'Point' && 'radiusM' in properties) {
    const { kind: use, beat = null, radiusM, dwellS, visits, windows, forces, isGpsBlind } = properties;
    const [lng, lat] = geometry.coordinates;
    const terms = { kind: use, radiusM, dwellS, visits, windows, forces, isGpsBlind };
    return { index, beatName: beat, draft: { centre, names, lng, lat, ...terms } };
  }
  if (geometry.type !== 'Polygon' || !('ring' in properties))
    return { index, reason: 'property', seen: kind, wanted: 'properties of its kind' };
  const checked = checkPolygon(geometry);
  if (!checked.ok)
    return {
      index,
      reason: 'line',
      seen: String(checked.detail['seen']),
      wanted: 'a closed line that does not cross itself',
    };
  return { centre, names, ring: properties.ring, polygon: geometry };
}

function geometryOf(feature: unknown): string {
  if (typeof feature !== 'object' || feature === null || !('geometry' in feature)) return 'none';
  const { geometry } = feature;
  if (typeof geometry !== 'object' || geometry === null || !('type' in geometry)) return 'none';
  return typeof geometry.type === 'string' ? geometry.type : 'none';
}

const namesOf = (words: {
  name: string;
  nameHant?: string | undefined;
  nameEn?: string | undefined;
}): Names => ({
  hans: words.name,
  hant: words.nameHant ?? '',
  en: words.nameEn ?? '',
});

type Told<Draft> = Omit<Draft, 'centre'>;

/** The beat that stands already, in every word and line as the draft says. */
export const sameBeat = (
  { names, ring, polygon }: Told<BeatDraft>,
  rows: readonly BeatRow[],
): BeatRow | undefined =>
  rows.find(
    (row) =>
      row.names.hans === names.hans &&
      isDeepStrictEqual([row.names, row.ring, row.polygon], [names, ring, polygon]),
  );

/** The checkpoint of that beat that stands already, in every term as the draft says. */
export const samePoint = (
  { centre: _centre, ...draft }: NamedCheckpoint['draft'],
  beat: string | null,
  rows: readonly CheckpointRow[],
): CheckpointRow | undefined =>
  rows.find((row) => {
    if (row.names.hans !== draft.names.hans || row.beat !== beat) return false;
    const { id: _id, centre: _home, beat: _beat, version: _version, closedAt: _closedAt, ...terms } = row;
    return isDeepStrictEqual(terms, draft);
  });

/** Beats and checkpoints as a collection that `readFeatures` takes. */
export function writeFeatures(
  beats: readonly BeatRow[],
  checkpoints: readonly CheckpointRow[],
): PatrolFeatures {
  const beatNames = new Map(beats.map(({ id, names }) => [id, names.hans]));
  const words = ({ hans, hant, en }: Names) => ({ name: hans, nameHant: hant, nameEn: en });
  return {
    type: 'FeatureCollection',
    features: [
      ...beats.map(({ names, ring, polygon }): BeatFeature => ({
        type: 'Feature',
        geometry: polygon,
        properties: { ...words(names), ring },
      })),
      ...checkpoints.map((point): CheckpointFeature => {
        const { kind, names, beat, lng, lat, radiusM, dwellS, visits, windows, forces, isGpsBlind } = point;
        const beatName = beat === null ? null : (beatNames.get(beat) ?? null);
        return {
          type: 'Feature',
          geometry: { type: 'Point', coordinates: [lng, lat] },
          properties: {
            ...words(names),
            kind,
            beat: beatName,
            radiusM,
            dwellS,
            visits,
            windows,
            forces,
            isGpsBlind,
          },
        };
      }),
    ],
  };
}
