import type { BeatRing, CheckpointDraft, LngLat, Names, PointKind } from '@app/shared';
import { contains } from '../places/polygon.js';
import type { DemoCentre, DemoCity, DemoKeySite, KeySiteKind, Ring } from './city/demo-city.js';
import { hantOf } from './city/words.js';
import type { Ground } from './simulator/road-course.js';

/** A beat of the demo city: the ground of a community or town, along its streets. `key`: that centre's. */
export interface DemoBeat {
  readonly key: string;
  readonly names: Names;
  readonly ring: BeatRing;
  readonly polygon: Ring;
}

type Terms = Pick<CheckpointDraft, 'radiusM' | 'dwellS' | 'visits' | 'windows' | 'forces'>;

/** A checkpoint on the street, in front of what it is named after. `beat`: the key of the beat that it lies in. */
interface DemoCheckpoint extends Terms {
  readonly key: string;
  readonly beat: string;
  readonly names: Names;
  readonly place: LngLat;
  readonly kind: PointKind;
}

export interface DemoGround {
  readonly beats: readonly DemoBeat[];
  readonly checkpoints: readonly DemoCheckpoint[];
}

const SITE: Terms = { radiusM: 60, dwellS: 120, visits: { 1: 3, 2: 2, 3: 1 }, windows: [], forces: [] };
const CORE_SITE: Terms = { ...SITE, visits: { 1: 6, 2: 4, 3: 2 } };
const STATION: Terms = { ...SITE, dwellS: 90 };
/** Where roads leave the town for the country: police stop cars, militia stand beside them. */
const POST: Terms = { ...SITE, radiusM: 80, dwellS: 180, forces: ['police', 'militia'] };
const SCHOOL_HOURS = [
  { from: '07:00', to: '08:30' },
  { from: '17:00', to: '18:30' },
];
/** Crowds are looked after by armed police too. */
const ARMED: readonly KeySiteKind[] = ['square', 'railway-station'];

const POST_ROADS = ['机场路', '新城路', '峪泉路', '文殊路', '酒泉路'];

/** Beats and checkpoints of the demo city; the same for the same city. */
export function demoGround(city: DemoCity, ground: Ground): DemoGround {
  const towns = city.centres.filter(({ level }) => level === 'town');
  const sites = new Map(towns.map(({ key, polygon }) => [key, sitesIn(city, polygon)]));
  const beats = towns.map((town) => beatOf(town, sites.get(town.key) ?? []));
  const checkpoints = towns.flatMap((town) => [
    ...(sites.get(town.key) ?? []).map((site) => siteCheckpoint(site, town.key, ground)),
    stationOf(town, ground),
  ]);
  return { beats, checkpoints: [...checkpoints, ...controlPosts(city, towns)] };
}

const sitesIn = ({ keySites }: DemoCity, polygon: Ring): DemoKeySite[] =>
  keySites.filter(({ position: [lng, lat] }) => contains([polygon], lng, lat));

function beatOf({ key, parent, names, polygon }: DemoCentre, sites: readonly DemoKeySite[]): DemoBeat {
  const isCore = sites.some(({ circle }) => circle === 1);
  const ring = parent === 'suburb' ? 'outer' : isCore ? 'core' : 'inner';
  return { key, ring, polygon, names: suffixed(names, '巡区', 'Beat') };
}

function siteCheckpoint(
  { key, kind, names, position, circle }: DemoKeySite,
  beat: string,
  ground: Ground,
): DemoCheckpoint {
  const terms = circle === 1 ? CORE_SITE : SITE;
  const windows = kind === 'school' ? SCHOOL_HOURS : [];
  const forces: Terms['forces'] = circle === 1 && ARMED.includes(kind) ? ['police', 'armed-police'] : [];
  const named = suffixed(names, '门前', 'Front');
  return {
    ...terms,
    windows,
    forces,
    key,
    beat,
    names: named,
    place: onStreet(ground, position),
    kind: 'checkpoint',
  };
}

/** Each beat has its own station, also where no key site lies in it. */
function stationOf({ key, names, anchor }: DemoCentre, ground: Ground): DemoCheckpoint {
  const place = onStreet(ground, anchor);
  return {
    ...STATION,
    key: `${key}/station`,
    beat: key,
    names: suffixed(names, '警务站', 'Police Post'),
    place,
    kind: 'post',
  };
}

/** Control posts: where the roads into the country leave the town, one a road. */
function controlPosts({ roads, centres }: DemoCity, towns: readonly DemoCentre[]): DemoCheckpoint[] {
  const [middle] = centres[0] ? [centres[0].anchor] : [];
  const suburbs = towns.filter(({ parent }) => parent === 'suburb');
  return POST_ROADS.flatMap((road): DemoCheckpoint[] => {
    const points = roads.lines
      .filter(({ names }) => names.hans === road)
      .flatMap(({ line, names }) =>
        line.flatMap(([lng, lat]) => {
          const town = suburbs.find(({ polygon }) => contains([polygon], lng, lat));
          const awayM = middle ? Math.hypot(lng - middle[0], lat - middle[1]) : 0;
          return town ? [{ place: [lng, lat] as const, beat: town.key, names, awayM }] : [];
        }),
      );
    const [first] = points.sort((a, b) => a.awayM - b.awayM);
    if (!first) return [];
    const names = suffixed(first.names, '卡点', 'Control Post');
    return [{ ...POST, key: `post/${road}`, beat: first.beat, names, place: first.place, kind: 'control' }];
  });
}

const suffixed = ({ hans, hant, en }: Names, word: string, english: string): Names => ({
  hans: hans + word,
  hant: hant + hantOf(word),
  en: `${en} ${english}`,
});

/** The spot of the nearest road: a patrol stays in the street. */
function onStreet({ graph, nearest }: Ground, [lng, lat]: readonly [number, number]): LngLat {
  const { from, to, alongM } = nearest.at([lng, lat]);
  const [a, b] = [graph.places[from], graph.places[to]];
  const lengthM = graph.arcs[from]?.find((arc) => arc.to === to)?.lengthM ?? 0;
  if (!a || !b || lengthM === 0) return [lng, lat];
  const on = (i: 0 | 1) => Math.round((a[i] + ((b[i] - a[i]) * alongM) / lengthM) * 1e6) / 1e6;
  return [on(0), on(1)];
}
