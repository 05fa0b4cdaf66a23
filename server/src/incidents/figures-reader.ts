import { Inject, Injectable } from '@nestjs/common';
import { type CentreId, type Figure, type Figures, toInstant } from '@app/shared';
import { CentreTree } from '../access/centre-tree.js';
import { Clock } from '../platform/clock.js';
import { CONFIG, type Config } from '../platform/config.js';
import { FiguresQuery } from './figures.query.js';
import {
  ageCells,
  countIn,
  DAY_MS,
  figureOf,
  hourSpans,
  type ListQuery,
  medianMinutes,
  shareInTime,
  type Span,
  spansBefore,
  todaySpan,
} from './figures.rules.js';

/** What a scope is asked about: its centres, the moment, and the query that every list of it begins with. */
interface Subject {
  readonly centres: readonly CentreId[];
  readonly at: number;
  readonly firstAt: number | null;
  readonly list: ListQuery;
}

/** Figures of a centre and all below it, each beside what is usual and with the list that it equals. */
@Injectable()
export class FiguresReader {
  constructor(
    private readonly tree: CentreTree,
    private readonly clock: Clock,
    private readonly query: FiguresQuery,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async of(scope: CentreId): Promise<Figures> {
    const at = this.clock.now();
    const firstAt = await this.query.firstAt();
    const subject = { centres: this.tree.subtree(scope), at, firstAt, list: { centre: scope } };
    const [reports, open, arrivals, acceptances, ages] = await Promise.all([
      this.#reports(subject),
      this.#open(subject),
      this.#done('arrive', subject),
      this.#done('accept', subject),
      this.query.open(subject.centres),
    ]);
    return {
      scope,
      at: toInstant(at),
      ...reports,
      open,
      arrivalMinutes: arrivals.minutes,
      inTime: arrivals.inTime,
      acceptedInTime: acceptances.inTime,
      ages: ageCells(ages, at, subject.list),
    };
  }

  async #reports({ centres, at, firstAt, list }: Subject): Promise<Pick<Figures, 'hours' | 'reported'>> {
    const { timeZone } = this.config;
    const spans = hourSpans(at, timeZone);
    const today = todaySpan(at, timeZone);
    const whole = { from: Math.min(today.from, spans[0]?.from ?? at), to: at };
    const times = await this.query.reports(centres, [whole, ...spansBefore(whole, firstAt, timeZone)]);
    const counted = (span: Span): Figure => {
      const earlier = spansBefore(span, firstAt, timeZone).map((before) => countIn(times, before));
      const count = countIn(times, span);
      const bounds = { since: toInstant(span.from), until: toInstant(span.to) };
      return figureOf(count, earlier, { span, list: { ...list, ...bounds }, count });
    };
    return { hours: spans.map(counted), reported: counted(today) };
  }

  async #open({ centres, at, firstAt, list }: Subject): Promise<Figure> {
    const moment = { from: at, to: at };
    const before = spansBefore(moment, firstAt, this.config.timeZone).map(({ from }) => from);
    const [count = 0, ...earlier] = await this.query.openAt(centres, [at, ...before]);
    return figureOf(count, earlier, { span: moment, list: { ...list, openAt: toInstant(at) }, count });
  }

  async #done(what: 'accept' | 'arrive', subject: Subject): Promise<{ minutes: Figure; inTime: Figure }> {
    const { centres, at, firstAt, list } = subject;
    const span = { from: at - DAY_MS, to: at };
    const spans = [span, ...spansBefore(span, firstAt, this.config.timeZone)];
    const [now = [], ...earlier] = await this.query.done(what, centres, spans);
    const name = what === 'accept' ? 'accepted' : 'arrived';
    const bounds = { ...list, [`${name}Since`]: toInstant(span.from), [`${name}Until`]: toInstant(span.to) };
    const known = (values: readonly (number | null)[]) => values.filter((value) => value !== null);
    return {
      minutes: figureOf(medianMinutes(now), known(earlier.map(medianMinutes)), {
        span,
        list: bounds,
        count: now.length,
      }),
      inTime: figureOf(shareInTime(now), known(earlier.map(shareInTime)), {
        span,
        list: { ...bounds, late: what },
        count: now.filter(({ inTime }) => inTime === false).length,
      }),
    };
  }
}
