import { Inject, Injectable } from '@nestjs/common';
import type { Id, Kind, ScopeId } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { CentreTree } from '../access/centre-tree.js';
import { Bus } from '../platform/bus.js';
import { Clock } from '../platform/clock.js';
import { CONFIG, type Config } from '../platform/config.js';
import { Database } from '../platform/database.js';

/** The bus topic that wakes tailers; a hint, the word itself is empty. */
export const WAKE = 'journal';

/** One fact about to be written. `at` in ms since 1970; `card: null` takes the entity out of the picture. */
export interface Draft {
  readonly fact: string;
  readonly kind: Kind | 'tree';
  readonly id: Id;
  readonly version: number;
  readonly at: number;
  readonly card: object | null;
  readonly seenBy: readonly ScopeId[];
}

/** What earlier cards of an entity may no longer say. */
export interface Redaction {
  readonly patch?: object;
  readonly without?: { readonly list: string; readonly value: string };
}

const REDACT = (table: 'journal' | 'checkpoint_item') => `
  update ${table}
     set card = case when $4::text is null or not card ? $4 then card || $3::jsonb
                     else jsonb_set(card || $3::jsonb, array[$4], (card -> $4) - $5::text) end
   where kind = $1 and id = $2 and card is not null`;

/** The only writer of journal, audience and picture. */
@Injectable()
export class Journal {
  /** Transactions that have something to tell. */
  readonly #telling = new WeakSet<EntityManager>();

  constructor(
    private readonly database: Database,
    private readonly tree: CentreTree,
    private readonly bus: Bus,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Runs a command in one transaction, retried where that helps, and wakes the tailers when facts are committed. */
  async transaction<T>(command: (tx: EntityManager) => Promise<T>): Promise<T> {
    let isTelling = false;
    const result = await this.database.transaction(async (tx) => {
      const done = await command(tx);
      isTelling = this.#telling.has(tx);
      return done;
    });
    if (isTelling) this.wake();
    return result;
  }

  /**
   * Writes facts with the state they belong to, inside the command's transaction. Call it once, last, with all facts
   * in the order in which they happened; the numbers are given at commit. Audiences must come from `CentreTree`
   * within the same command: a tree that changed in between makes the commit fail and the command run again.
   */
  async append(tx: EntityManager, drafts: readonly Draft[], tree = this.tree.version): Promise<void> {
    if (drafts.length === 0) return;
    this.#telling.add(tx);
    const entries = drafts.map((draft) => ({
      ...draft,
      draft: this.clock.mint(),
      at: new Date(draft.at).toISOString(),
    }));
    await tx.query('select journal_append($1::jsonb, $2, $3)', [
      JSON.stringify(entries),
      tree,
      this.config.site,
    ]);
  }

  /**
   * Makes what was told of an entity before say less: `patch` is put over every card of it in journal and checkpoints,
   * and `without` is taken out of a list on it. Order, versions and digests stay. The caller appends a fact of
   * `REDACTING_FACTS` in the same transaction where memory may still hold such cards.
   */
  async redact(
    tx: EntityManager,
    { kind, id }: Pick<Draft, 'kind' | 'id'>,
    { patch = {}, without }: Redaction,
  ): Promise<void> {
    for (const sql of [REDACT('journal'), REDACT('checkpoint_item')])
      await tx.query(sql, [kind, id, JSON.stringify(patch), without?.list ?? null, without?.value ?? null]);
  }

  wake(): void {
    this.bus.publish(WAKE, new Uint8Array(0));
  }
}
