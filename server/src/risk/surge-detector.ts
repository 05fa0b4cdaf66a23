import { Inject, Injectable } from '@nestjs/common';
import { weeksBefore } from '../clocks/wall-clock.js';
import { CONFIG, type Config } from '../platform/config.js';
import { SurgeQuery } from './surge.query.js';
import { type Cases, type Judgement, judge, type Span, SURGE, weeksOfHistory } from './surge.rules.js';

const HOUR_MS = 3_600_000;

export interface Suspicion extends Judgement {
  readonly cases: Cases;
}

/** Looks at what was reported and judges it; writes nothing. */
@Injectable()
export class SurgeDetector {
  constructor(
    private readonly query: SurgeQuery,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Days of history that a judgement at `now` (ms) rests on; 0: none, and nothing may be said. */
  async historyDays(now: number): Promise<number> {
    const firstAt = await this.query.firstAt();
    return firstAt === null ? 0 : weeksOfHistory(firstAt, now - SURGE.windowHours * HOUR_MS) * 7;
  }

  /** What the last hours had that is rarer than the rule's chance. */
  async look(now: number): Promise<Suspicion[]> {
    const span = { from: now - SURGE.windowHours * HOUR_MS, to: now };
    const found: Suspicion[] = [];
    for (const cases of await this.query.recent(span, SURGE.leastObserved))
      found.push(await this.judge(cases, span));
    return found.filter(({ severity }) => severity !== null);
  }

  /** All cases of an episode since it began, judged over that whole span. */
  async follow(of: Pick<Cases, 'category' | 'grid'>, span: Span): Promise<Suspicion | undefined> {
    const cases = await this.query.casesOf(of, span);
    return cases && this.judge(cases, span);
  }

  private async judge(cases: Cases, span: Span): Promise<Suspicion> {
    const { timeZone } = this.config;
    const weeks = (await this.historyDays(span.from + SURGE.windowHours * HOUR_MS)) / 7;
    const spans = Array.from({ length: weeks }, (_, week) => ({
      from: weeksBefore(span.from, week + 1, timeZone),
      to: weeksBefore(span.to, week + 1, timeZone),
    }));
    const history = { weeks, cases: weeks === 0 ? 0 : await this.query.countIn(cases, spans) };
    return { cases, ...judge(cases, history, span) };
  }
}
