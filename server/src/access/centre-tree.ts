import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Centre, CentreId, ScopeId } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Database } from '../platform/database.js';

/**
 * The tree of centres in memory. Scope IS this tree: who may read, who may write and who is told all come from it.
 * `version` rises with each change of the tree; audiences computed with an older one are refused at commit.
 */
@Injectable()
export class CentreTree implements OnModuleInit {
  #version = 0;
  #centres = new Map<CentreId, Centre>();
  #children = new Map<CentreId, CentreId[]>();

  constructor(private readonly database: Database) {}

  get version(): number {
    return this.#version;
  }

  /** Centres, parents first. */
  all(): readonly Centre[] {
    return [...this.#centres.values()];
  }

  get(id: CentreId): Centre | undefined {
    return this.#centres.get(id);
  }

  root(): Centre | undefined {
    return this.#centres.values().next().value;
  }

  children(id: CentreId): readonly CentreId[] {
    return this.#children.get(id) ?? [];
  }

  /** The centre itself and its ancestors, deepest first; empty for an unknown id. */
  lineage(id: CentreId): CentreId[] {
    const line: CentreId[] = [];
    for (
      let at = this.#centres.get(id);
      at;
      at = at.parent === null ? undefined : this.#centres.get(at.parent)
    )
      line.push(at.id);
    return line;
  }

  /** The centre and everything below it, parents first. */
  subtree(id: CentreId): CentreId[] {
    if (!this.#centres.has(id)) return [];
    const found = [id];
    for (const at of found) found.push(...this.children(at));
    return found;
  }

  /** Whether `id` is `ancestor` or stands below it. */
  isWithin(id: CentreId, ancestor: CentreId): boolean {
    return this.lineage(id).includes(ancestor);
  }

  /** The centre and, where it is closed, whoever took its place: what was its business is theirs. */
  heirs(id: CentreId): CentreId[] {
    const line = new Set<CentreId>();
    for (let at = this.#centres.get(id); at && !line.has(at.id);) {
      line.add(at.id);
      at = at.successor === null ? undefined : this.#centres.get(at.successor);
    }
    return [...line];
  }

  /**
   * The audience of an entity: every party with all its ancestors, the same for the successor of a closed one, and
   * scopes that are no centres (teams), sorted.
   */
  seenBy(parties: Iterable<CentreId>, others: Iterable<ScopeId> = []): ScopeId[] {
    const audience = new Set<ScopeId>(others);
    for (const party of parties)
      for (const heir of this.heirs(party)) for (const id of this.lineage(heir)) audience.add(id);
    return [...audience].sort();
  }

  /** The deepest centre that all of them stand under, or undefined when there is none. */
  commonAncestor(ids: readonly CentreId[]): CentreId | undefined {
    const [first, ...rest] = ids.map((id) => this.lineage(id));
    return first?.find((id) => rest.every((line) => line.includes(id)));
  }

  /** Reads the tree again where its version rose; every process does so before it uses an older one for a second time. */
  async refresh(): Promise<void> {
    const [counter] = await this.database.query<{ tree: number }>('select tree from counter');
    if (counter && counter.tree !== this.#version) await this.load();
  }

  async load(): Promise<void> {
    await this.database.snapshot((tx) => this.loadFrom(tx));
  }

  async onModuleInit(): Promise<void> {
    await this.load();
  }

  /** The tree as a transaction sees it, apart from the one in use: for the command that changes it. */
  async readIn(tx: EntityManager): Promise<CentreTree> {
    const apart = new CentreTree(this.database);
    await apart.loadFrom(tx);
    return apart;
  }

  /** Reads the tree as a transaction sees it. */
  async loadFrom(tx: EntityManager): Promise<void> {
    const [counter] = await tx.query<{ tree: number }[]>('select tree from counter');
    const rows = await tx.query<Centre[]>(SELECT_CENTRES);
    this.#put(rows, counter?.tree ?? 1);
  }

  #put(rows: readonly Centre[], version: number): void {
    this.#centres = new Map(rows.map((row) => [row.id, row]));
    this.#children = new Map();
    for (const { id, parent } of rows) {
      if (parent === null) continue;
      const siblings = this.#children.get(parent) ?? [];
      siblings.push(id);
      this.#children.set(parent, siblings);
    }
    this.#version = version;
  }
}

const SELECT_CENTRES = `
  with recursive tree as (
    select c.*, 0 as depth from centre c where c.parent is null
    union all
    select c.*, tree.depth + 1 from centre c join tree on c.parent = tree.id
  )
  select id, parent, level, kind, code, names->>'hans' as name, names, aliases, abbreviation, anchor,
         bbox,
         to_char(closed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "closedAt", successor, version
    from tree order by depth, sort, id`;
