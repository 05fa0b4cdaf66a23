import { Injectable } from '@nestjs/common';
import type { KnownPlace, LngLat, PlaceQuery } from '@app/shared';
import { Access } from '../access/access.js';
import type { Caller } from '../access/caller.js';
import { CentreTree } from '../access/centre-tree.js';
import { KnownPlaces } from '../places/known-places.js';
import type { NamedPlace } from '../places/known-places.rules.js';
import { Places } from '../places/places.js';
import { Database } from '../platform/database.js';
import { type FoldedPlace, foldedPlace, matchPlaces } from './place-match.rules.js';
import { wantedOf } from './search-text.js';

/** Places of earlier reports that are looked at, the latest first. */
const MOST_REPORTS = 100;

type Spot = Omit<KnownPlace, 'kind' | 'names'>;

interface ReportPlace {
  readonly place: string;
  readonly lng: number;
  readonly lat: number;
}

/** Finds places of the caller's subtree by what people call them, without asking anybody outside. */
@Injectable()
export class PlaceFinder {
  #folded:
    | { readonly of: readonly NamedPlace[]; readonly all: readonly FoldedPlace<NamedPlace>[] }
    | undefined;

  constructor(
    private readonly access: Access,
    private readonly tree: CentreTree,
    private readonly places: Places,
    private readonly known: KnownPlaces,
    private readonly database: Database,
  ) {}

  async find({ q, limit }: PlaceQuery, by: Caller): Promise<KnownPlace[]> {
    await this.places.current();
    const all = [...this.#fold(await this.known.all()), ...(await this.#told(q, by))];
    const found = matchPlaces(all, q, ({ kind, names, points }): KnownPlace | undefined => {
      const here = kind === 'report' ? this.#at(points) : this.#within(points, by);
      return here && { kind, names, ...here };
    });
    return onceEach(found).slice(0, limit);
  }

  #fold(of: readonly NamedPlace[]): readonly FoldedPlace<NamedPlace>[] {
    if (this.#folded?.of !== of) {
      const all = of.map((place) =>
        foldedPlace(place, place.kind, { names: Object.values(place.names), words: place.words }),
      );
      this.#folded = { of, all };
    }
    return this.#folded?.all ?? [];
  }

  #at(points: readonly LngLat[]): Spot | undefined {
    const [first] = points;
    return first && { lng: first[0], lat: first[1], ...this.places.locate(...first) };
  }

  /** The middle one of those of its points that lie in the caller's subtree. */
  #within(points: readonly LngLat[], by: Caller): Spot | undefined {
    const mine = points.filter(([lng, lat]) => {
      const holder = this.places.locate(lng, lat).centre ?? this.tree.root()?.id;
      return holder !== undefined && this.access.mayAct(by, holder);
    });
    return this.#at(mine.slice(mine.length >> 1));
  }

  /** What earlier reports that the caller sees were told with. */
  async #told(q: string, by: Caller): Promise<FoldedPlace<NamedPlace>[]> {
    const [first] = wantedOf(q).runs;
    if (first === undefined) return [];
    const { grams } = wantedOf(first);
    const rows = await this.database.query<ReportPlace>(TOLD, [by.centre, grams, MOST_REPORTS]);
    return rows.map(({ place, lng, lat }) => {
      const names = { hans: place, hant: place, en: place };
      const here: NamedPlace = { kind: 'report', names, words: [], points: [[lng, lat]] };
      return foldedPlace(here, 'report', { names: [place], words: [] });
    });
  }
}

/** The same words for the same centre once. */
function onceEach(found: readonly KnownPlace[]): KnownPlace[] {
  const seen = new Set<string>();
  return found.filter(({ kind, names, centre, grid }) => {
    const key = kind === 'grid' ? `grid ${grid}` : `${names.hans} ${centre}`;
    return !seen.has(key) && seen.add(key);
  });
}

const TOLD = `
  select place, lng, lat from (
    select distinct on (i.place) i.place, i.lng, i.lat, i.recorded_at
      from incident_words w join incident i on i.id = w.incident
     where w.grams @> $2::text[] and i.place is not null and i.label = 'internal' and i.seen_by @> array[$1::uuid]
     order by i.place, i.recorded_at desc
  ) told order by recorded_at desc limit $3`;
