import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Counter } from 'prom-client';
import { CentreTree } from '../access/centre-tree.js';
import { Leader } from '../platform/leader.js';
import { Log } from '../platform/log.js';
import { Metrics } from '../platform/metrics.js';
import type { Asks } from './journal.query.js';
import { extendJournal, keepCheckpoint, readDigest } from './checkpoint.query.js';
import { Tailer } from './tailer.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** A busy journal moves on between the two readings; then they cannot be compared, and are made again. */
const PROOF_TRIES = 20;

/** What the leader does for the journal: partitions ahead, a checkpoint a day, and a proof of the picture each minute. */
@Injectable()
export class JournalSchedule implements OnModuleInit {
  readonly #differences: Counter;
  /** Only the leader proves, so it may ask on the leader's own connection. */
  private readonly asks: Asks;

  constructor(
    private readonly leader: Leader,
    private readonly tailer: Tailer,
    private readonly tree: CentreTree,
    private readonly log: Log,
    metrics: Metrics,
  ) {
    this.asks = { query: async (sql, given) => (await leader.query(sql, given)) as unknown[] };
    this.#differences = metrics.counter(
      'journal_digest_differences_total',
      'Times at which the picture in memory was not that of the rows.',
    );
  }

  onModuleInit(): void {
    this.leader.every('journal-partitions', MINUTE_MS, () => this.extend());
    this.leader.every('journal-checkpoint', DAY_MS / 24, () => this.checkpoint());
    this.leader.every('journal-proof', MINUTE_MS, async () => void (await this.prove()));
  }

  extend(): Promise<void> {
    return this.leader.transaction((tx) => extendJournal(tx));
  }

  /** Keeps a checkpoint when the last one is a day old. */
  async checkpoint(): Promise<void> {
    const kept = await this.leader.transaction(async (tx) => {
      const [last] = await tx.query<{ due: boolean }[]>(
        "select coalesce(max(at) <= now() - interval '1 day', true) as due from checkpoint",
      );
      return last?.due === true && (await keepCheckpoint(tx, 'daily'));
    });
    if (kept) this.log.info('journal.checkpoint');
  }

  /**
   * Compares the root's digest in memory with the rows. A difference is an alarm, and the picture is loaded anew.
   * @returns whether they agree; undefined when they could not be compared
   */
  async prove(): Promise<boolean | undefined> {
    const root = this.tree.root()?.id;
    if (root === undefined) return undefined;
    for (let tries = 0; tries < PROOF_TRIES; tries++) {
      const { seq, digest } = await readDigest(this.asks, root);
      const { pictures } = this.tailer;
      if (pictures.head.seq < seq) await this.tailer.poll();
      if (pictures.head.seq !== seq) continue;
      const ours = pictures.of(root).digest.hex();
      if (ours === digest) return true;
      this.#differences.inc();
      this.log.error('journal.digest-differs', { seq, ours, rows: digest });
      await this.tailer.reload();
      return false;
    }
    return undefined;
  }
}
