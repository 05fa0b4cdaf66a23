import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clocks, type Due } from '../clocks/clocks.js';
import type { Draft } from '../journal/journal.js';
import { CONFIG, type Config } from '../platform/config.js';
import { Leader } from '../platform/leader.js';
import { DESK_TEXTS, type DeskText, DeskTextsRepository } from './desk-texts.repository.js';

const DAY_MS = 86_400_000;
const EVERY_MS = 10 * 60_000;
const AT_ONCE = 200;

/** Kind of due time: words of the desk have been kept long enough. */
const dueKind = (kind: DeskText): string => `${kind}.text-erasure`;

/**
 * Erases words of logs, instructions and handovers by durable due times, so many days after they have served. The leader
 * gives a due time to whatever has served and has none, also to what was written before there were any.
 */
@Injectable()
export class DeskErasureSchedule implements OnModuleInit {
  constructor(
    private readonly clocks: Clocks,
    private readonly leader: Leader,
    private readonly texts: DeskTextsRepository,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onModuleInit(): void {
    for (const kind of DESK_TEXTS)
      this.clocks.register(dueKind(kind), (tx, due, now) => this.#erase(tx, kind, { due, now }));
    this.leader.every('desk texts', EVERY_MS, () => this.run());
  }

  async run(): Promise<void> {
    for (const kind of DESK_TEXTS)
      for (let dated = AT_ONCE; dated === AT_ONCE && this.leader.isLeader;)
        dated = await this.leader.transaction((tx) => this.#date(tx, kind));
  }

  async #date(tx: EntityManager, kind: DeskText): Promise<number> {
    const served = await this.texts.undated(tx, kind, dueKind(kind), AT_ONCE);
    const dueTimes = served.map(({ id: subject, from }) => ({
      kind: dueKind(kind),
      subject,
      dueAt: from + this.config.textDays * DAY_MS,
    }));
    if (dueTimes.length > 0) await this.clocks.set(tx, ...dueTimes);
    return served.length;
  }

  async #erase(
    tx: EntityManager,
    kind: DeskText,
    { due: { subject }, now }: { due: Due; now: number },
  ): Promise<Draft[]> {
    if (await this.texts.isServed(tx, kind, subject)) await this.texts.erase(tx, kind, subject, now);
    return [];
  }
}
