import { Inject, Injectable } from '@nestjs/common';
import type { Id } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { CONFIG, type Config } from '../platform/config.js';
import { Leader } from '../platform/leader.js';
import { Clocks, type Due } from './clocks.js';

const DAY_MS = 86_400_000;
const EVERY_MS = 10 * 60_000;
const AT_ONCE = 200;

/** One kind of texts that are kept for a time. */
export interface KeptTexts {
  /** Kind of their due times. */
  readonly kind: string;
  /** SQL: `id` of what has words and has served, so that nothing waits for it any more, and `served`: since when. */
  readonly served: string;
  /** Takes the words out, if it still applies. `from`: `served` when it was dated; `now`; ms since 1970. */
  erase(tx: EntityManager, id: Id, at: { readonly from: number; readonly now: number }): Promise<unknown>;
}

/**
 * Erases words by durable due times, so many days after they have served. The leader gives a due time to whatever has
 * served and has none, also to what was written before there were any.
 */
@Injectable()
export class TextErasureSchedule {
  readonly #kept: KeptTexts[] = [];

  constructor(
    private readonly clocks: Clocks,
    private readonly leader: Leader,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Before the application has started. */
  keep(texts: KeptTexts): void {
    this.#kept.push(texts);
    this.clocks.register(texts.kind, async (tx, due, now) => {
      await texts.erase(tx, due.subject, { from: fromOf(due), now });
      return [];
    });
    this.leader.every(texts.kind, EVERY_MS, () => this.#run(texts));
  }

  /** Gives due times to all kinds now. */
  async run(): Promise<void> {
    for (const texts of this.#kept) await this.#run(texts);
  }

  async #run(texts: KeptTexts): Promise<void> {
    for (let dated = AT_ONCE; dated === AT_ONCE && this.leader.isLeader;)
      dated = await this.leader.transaction((tx) => this.#date(tx, texts));
  }

  async #date(tx: EntityManager, { kind, served }: KeptTexts): Promise<number> {
    const undated = await tx.query<{ id: Id; from: number }[]>(undatedOf(served), [kind, AT_ONCE]);
    const dueTimes = undated.map(({ id: subject, from }) => ({
      kind,
      subject,
      dueAt: from + this.config.textDays * DAY_MS,
      payload: { from },
    }));
    if (dueTimes.length > 0) await this.clocks.set(tx, ...dueTimes);
    return undated.length;
  }
}

/** NaN where it was dated before that was kept. */
const fromOf = ({ payload }: Due): number => Number(payload['from']);

/** Whole ms: what was dated is found again by them. */
const undatedOf = (served: string): string => `
  select id, round(extract(epoch from served) * 1000)::float8 as from from (${served}) texts
   where not exists (select from due_time d where d.kind = $1 and d.subject = texts.id and d.fired_at is null)
   order by served limit $2`;
