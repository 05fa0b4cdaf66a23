import { Inject, Injectable } from '@nestjs/common';
import type { ClockRule, FlowLimits, FlowRules } from '@app/shared';
import { Clock } from '../platform/clock.js';
import { CONFIG, type Config } from '../platform/config.js';
import { ClockBookRepository } from './clock-book.repository.js';
import { FlowRuleRepository } from './flow-rule.repository.js';
import type { WorkCalendar } from './working-time.rules.js';

/** What due times are computed by. */
export interface ClockBook {
  readonly clockRules: readonly ClockRule[];
  readonly calendar: WorkCalendar;
  readonly limits: FlowLimits;
  readonly flow: FlowRules;
}

const FRESH_MS = 1_000;

/** The book as it stands. A change holds at once where it was made, and within a second in every other process. */
@Injectable()
export class ClockBooks {
  #held: { readonly book: ClockBook; readonly version: number } | undefined;
  #lookedAt = 0;
  /** Readings begun, and which of them the held book is of. */
  #begun = 0;
  #heldOf = 0;

  constructor(
    private readonly kept: ClockBookRepository,
    private readonly flowRules: FlowRuleRepository,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async current(): Promise<ClockBook> {
    const isFresh = this.#held && this.clock.now() - this.#lookedAt < FRESH_MS;
    return this.#held && isFresh ? this.#held.book : this.refresh();
  }

  /** Of two readings at once the one begun last counts, whichever ends first. */
  async refresh(): Promise<ClockBook> {
    const turn = ++this.#begun;
    const { version, hours, limits } = await this.kept.head();
    this.#lookedAt = this.clock.now();
    const flow = await this.flowRules.read();
    if (this.#held?.version === version && this.#held.book.flow.version === flow.version)
      return this.#held.book;
    const [clockRules, days] = [await this.kept.rules(), await this.kept.days(null)];
    const { timeZone } = this.config;
    const calendar = { timeZone, hours, days: new Map(days.map(({ date, kind }) => [date, kind])) };
    const book = { clockRules, calendar, limits, flow };
    if (this.#held && turn < this.#heldOf) return this.#held.book;
    this.#held = { book, version };
    this.#heldOf = turn;
    return book;
  }
}
