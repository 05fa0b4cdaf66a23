import { Injectable } from '@nestjs/common';
import type { AuditDetail, Calendar, CalendarFile, ClockChange, ClockSettings } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Audit } from '../access/audit.js';
import type { Caller } from '../access/caller.js';
import { Database } from '../platform/database.js';
import { settle } from '../platform/decision.js';
import { Fault } from '../platform/fault.js';
import { requireOnce } from '../platform/require-once.js';
import { readCalendar } from './calendar-file.rules.js';
import { type BookHead, ClockBookRepository } from './clock-book.repository.js';
import { ClockBooks } from './clock-books.js';

/** Changes limits of time, hours of work and calendars. Clocks that run keep the due time that they started with. */
@Injectable()
export class ChangeClocks {
  constructor(
    private readonly database: Database,
    private readonly kept: ClockBookRepository,
    private readonly books: ClockBooks,
    private readonly audit: Audit,
  ) {}

  /** @throws Fault `clocks.stale` with what stands; `clocks.doubled` where two rules are for the same */
  async change({ version, rules, ...rest }: ClockChange, by: Caller): Promise<ClockSettings> {
    requireOnce(rules ?? [], 'clocks.doubled', ({ level, category, severity, stage }) => ({
      level,
      category,
      severity,
      stage,
    }));
    await this.database.transaction(async (tx) => {
      const head = await this.kept.lockHead(tx);
      if (head.version !== version)
        throw new Fault('clocks.stale', { seen: version, current: await this.read(tx) });
      if (rules) await this.kept.replaceRules(tx, rules);
      const { hours = head.hours, limits = head.limits } = rest;
      await this.#write(tx, { ...head, hours, limits }, by, { rules: rules?.length ?? null, ...rest });
    });
    await this.books.refresh();
    return this.read();
  }

  /** Takes the place of what was known of that year. @throws Fault `calendar.malformed` with the line */
  async importYear(file: CalendarFile, by: Caller): Promise<Calendar> {
    const days = settle(readCalendar(file));
    const { year } = file;
    await this.database.transaction(async (tx) => {
      const head = await this.kept.lockHead(tx);
      await this.kept.replaceYear(tx, year, days);
      await this.#write(tx, head, by, { year, days: days.length });
    });
    await this.books.refresh();
    return { year, days };
  }

  async read(tx?: EntityManager): Promise<ClockSettings> {
    const head = await this.kept.head(tx);
    return { ...head, rules: await this.kept.rules(tx), years: await this.kept.years(tx) };
  }

  async #write(tx: EntityManager, head: BookHead, caller: Caller, detail: AuditDetail): Promise<void> {
    await this.kept.writeHead(tx, { ...head, version: head.version + 1 });
    await this.audit.write(tx, {
      caller,
      action: 'clocks.changed',
      subject: 'clocks',
      outcome: 'done',
      detail,
    });
  }
}
