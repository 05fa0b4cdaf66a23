import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database.js';
import { CentreTree } from '../access/centre-tree.js';
import { Clock } from '../platform/clock.js';
import { type NamedPlace, roadsOf, villagesOf } from './known-places.rules.js';
import { PlaceRepository } from './place.repository.js';

const FRESH_MS = 60_000;
/** Kinds of labels that no centre stands for. */
const VILLAGES = ['village', 'town'];

/** Places by name: key sites, villages, centres, roads and their crossings, grids. Read anew once a minute. */
@Injectable()
export class KnownPlaces {
  #held: { readonly all: readonly NamedPlace[]; readonly tree: number; readonly at: number } | undefined;
  #reading: Promise<readonly NamedPlace[]> | undefined;

  constructor(
    private readonly database: Database,
    private readonly tree: CentreTree,
    private readonly rows: PlaceRepository,
    private readonly clock: Clock,
  ) {}

  async all(): Promise<readonly NamedPlace[]> {
    const held = this.#held;
    if (held && held.tree === this.tree.version && this.clock.now() - held.at < FRESH_MS) return held.all;
    this.#reading ??= this.#read().finally(() => (this.#reading = undefined));
    return this.#reading;
  }

  async #read(): Promise<readonly NamedPlace[]> {
    const [tree, at] = [this.tree.version, this.clock.now()];
    const [sites, grids, layers] = await Promise.all([
      this.rows.keySites(),
      this.rows.gridPoints(),
      this.database.query<{ features: unknown }>(
        "select features from basemap_layer where name in ('roads', 'labels')",
      ),
    ]);
    const drawn = layers.flatMap(({ features }) => [...roadsOf(features), ...villagesOf(features, VILLAGES)]);
    const all = [
      ...sites.map(({ names, position }): NamedPlace => {
        return { kind: 'site', names, words: [], points: [position] };
      }),
      ...drawn,
      ...this.#centres(),
      ...grids.flatMap(({ code, centre, anchor }): NamedPlace[] => {
        const line = this.tree.lineage(centre).flatMap((id) => this.tree.get(id) ?? []);
        const [home] = line;
        const words = [code, code.slice(-3), '网格 grid', ...line.slice(1, 3).flatMap(callsOf)];
        return home
          ? [{ kind: 'grid', names: home.names, words: [...words, ...home.aliases], points: [anchor] }]
          : [];
      }),
    ];
    this.#held = { all, tree, at };
    return all;
  }

  #centres(): NamedPlace[] {
    return this.tree
      .all()
      .flatMap(({ names, aliases, anchor, closedAt }): NamedPlace[] =>
        anchor && closedAt === null ? [{ kind: 'centre', names, words: aliases, points: [anchor] }] : [],
      );
  }
}

const callsOf = ({
  names,
  aliases,
}: {
  names: NamedPlace['names'];
  aliases: readonly string[];
}): string[] => [...Object.values(names), ...aliases];
