import { Injectable } from '@nestjs/common';
import type { CentreId, Id, ScopeId } from '@app/shared';
import type { EntityManager } from 'typeorm';
import type { CentreTree } from './centre-tree.js';

/** To whom an entity belongs: centres, whose ancestors see it too, and scopes that are no centres. */
export interface Parties {
  readonly parties: readonly CentreId[];
  readonly others?: readonly ScopeId[];
}

/** Tells the parties of entities by id; an id that it leaves out keeps to the centre on its card, or to whom it was told. */
export type PartiesOf = (
  tx: EntityManager,
  ids: readonly Id[],
  tree: CentreTree,
) => Promise<ReadonlyMap<Id, Parties>>;

/** Writes `seen_by` anew on every row of a kind, closed ones too, by a changed tree. */
export type Rewrite = (tx: EntityManager, tree: CentreTree) => Promise<void>;

/** What the folders below say about their entities, for the one command that computes all audiences anew. */
@Injectable()
export class Audiences {
  readonly #parties = new Map<string, PartiesOf>();
  readonly #rewrites: Rewrite[] = [];

  registerParties(kind: string, parties: PartiesOf): void {
    this.#parties.set(kind, parties);
  }

  registerRewrite(rewrite: Rewrite): void {
    this.#rewrites.push(rewrite);
  }

  /** Whether a folder says to whom entities of this kind belong. */
  knows(kind: string): boolean {
    return this.#parties.has(kind);
  }

  async partiesOf(
    tx: EntityManager,
    kind: string,
    ids: readonly Id[],
    tree: CentreTree,
  ): Promise<ReadonlyMap<Id, Parties>> {
    return (await this.#parties.get(kind)?.(tx, ids, tree)) ?? new Map();
  }

  async rewriteAll(tx: EntityManager, tree: CentreTree): Promise<void> {
    for (const rewrite of this.#rewrites) await rewrite(tx, tree);
  }
}
