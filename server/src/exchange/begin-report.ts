import { Injectable } from '@nestjs/common';
import type { Report, ReportDraft } from '@app/shared';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../access/caller.js';
import { IncidentReading } from '../incidents/incident-reading.js';
import type { IncidentState } from '../incidents/incident-step.js';
import { IncidentRepository } from '../incidents/incident.repository.js';
import { Journal } from '../journal/journal.js';
import { settle } from '../platform/decision.js';
import { ReportAuthor } from './report-author.js';
import { isOwed, ReportDesk } from './report-desk.js';
import { ReportReader } from './report-reader.js';
import type { ReportRow } from './report.repository.js';
import { mayBegin } from './report.rules.js';

/** Opens a draft that says what the record says; the one that is open already is answered as it stands. */
@Injectable()
export class BeginReport {
  constructor(
    private readonly journal: Journal,
    private readonly incidents: IncidentRepository,
    private readonly author: ReportAuthor,
    private readonly desk: ReportDesk,
    private readonly reader: ReportReader,
    private readonly reading: IncidentReading,
  ) {}

  run(by: Caller, draft: ReportDraft): Promise<Report> {
    return this.journal.transaction((tx) => this.#write(tx, by, draft));
  }

  async #write(
    tx: EntityManager,
    by: Caller,
    { incident: id, kind, language }: ReportDraft,
  ): Promise<Report> {
    const state = this.reading.requireWhole(by, id, await this.incidents.lock(tx, id));
    this.reading.requireAct(by, state);
    const earlier = await this.desk.of(id, tx);
    const ordinal = settle(mayBegin(kind, earlier));
    const known = earlier.find((report) => report.kind === kind && report.ordinal === ordinal);
    const now = this.desk.clock.now();
    if (known?.state === 'draft') return this.reader.view(by, await this.#kept(tx, state, { known, now }));
    const body = await this.author.draft(tx, state, { kind, language, earlier });
    const base = known ?? this.desk.fresh(state, { kind, ordinal, dueAt: null, soonAt: null });
    const begun = {
      ...base,
      state: 'draft',
      body,
      by: by.name,
      version: known ? base.version + 1 : 1,
    } as const;
    const fact = await this.desk.write(tx, begun, 'report.begun', now);
    await this.journal.append(tx, [fact]);
    return this.reader.view(by, { ...begun, seenBy: fact.seenBy });
  }

  /** The open draft; one that a former holder began, before drafts went along with the duty, does so now. */
  async #kept(
    tx: EntityManager,
    state: IncidentState,
    { known, now }: { known: ReportRow; now: number },
  ): Promise<ReportRow> {
    if (!isOwed(known, state.incident)) return known;
    await this.journal.append(tx, await this.desk.follow(tx, state, now));
    return (await this.desk.of(state.incident.id, tx)).find(({ id }) => id === known.id) ?? known;
  }
}
