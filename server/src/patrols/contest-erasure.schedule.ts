import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clocks, type Due } from '../clocks/clocks.js';
import type { Draft } from '../journal/journal.js';
import { CONFIG, type Config } from '../platform/config.js';
import { Leader } from '../platform/leader.js';
import { ContestTexts } from './contest-texts.js';

/** Kind of due time: what was said of a judgement has been kept long enough. Subject: the visit. */
const CONTEST_ERASURE = 'visit.text-erasure';

const DAY_MS = 86_400_000;
const EVERY_MS = 10 * 60_000;
const AT_ONCE = 200;

/**
 * Erases words of contests by durable due times, so many days after the last one was said. The leader gives a due time
 * to whatever has none, also to what was written before there were any; a later word makes it count anew.
 */
@Injectable()
export class ContestErasureSchedule implements OnModuleInit {
  constructor(
    private readonly clocks: Clocks,
    private readonly leader: Leader,
    private readonly texts: ContestTexts,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.clocks.register(CONTEST_ERASURE, (tx, due) => this.#erase(tx, due));
    this.leader.every('contest texts', EVERY_MS, () => this.run());
  }

  async run(): Promise<void> {
    for (let dated = AT_ONCE; dated === AT_ONCE && this.leader.isLeader;)
      dated = await this.leader.transaction((tx) => this.#date(tx));
  }

  async #date(tx: EntityManager): Promise<number> {
    const said = await this.texts.undated(tx, CONTEST_ERASURE, AT_ONCE);
    const dueTimes = said.map(({ id: subject, from }) => ({
      kind: CONTEST_ERASURE,
      subject,
      dueAt: from + this.config.textDays * DAY_MS,
      payload: { from },
    }));
    if (dueTimes.length > 0) await this.clocks.set(tx, ...dueTimes);
    return said.length;
  }

  async #erase(tx: EntityManager, { subject, payload }: Due): Promise<Draft[]> {
    await this.texts.erase(tx, subject, Number(payload['from']));
    return [];
  }
}
