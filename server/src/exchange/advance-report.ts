import { Injectable } from '@nestjs/common';
import type { Id, Report, ReportAction, ReportBody } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Audit } from '../access/audit.js';
import type { Caller } from '../access/caller.js';
import { Journal } from '../journal/journal.js';
import { type Decision, settle } from '../platform/decision.js';
import { Fault } from '../platform/fault.js';
import { ReportDesk, type ReportFact } from './report-desk.js';
import { ReportReader } from './report-reader.js';
import type { ReportRow } from './report.repository.js';
import { acknowledged, edited, sent } from './report.rules.js';

const FACTS = {
  edit: 'report.edited',
  send: 'report.sent',
  acknowledge: 'report.acknowledged',
} as const satisfies Record<ReportAction, ReportFact>;

/** One step of one report, as it is asked; `body` of an edit. */
export interface ReportAsked {
  readonly id: Id;
  readonly action: ReportAction;
  readonly version: number;
  readonly body?: ReportBody;
}

/** Moves a report one step; what it wants next gets its clock in the same transaction. */
@Injectable()
export class AdvanceReport {
  constructor(
    private readonly journal: Journal,
    private readonly audit: Audit,
    private readonly desk: ReportDesk,
    private readonly reader: ReportReader,
  ) {}

  run(by: Caller, asked: ReportAsked): Promise<Report> {
    return this.journal.transaction((tx) => this.#write(tx, by, asked));
  }

  async #write(
    tx: EntityManager,
    by: Caller,
    { id, action, version, body = {} }: ReportAsked,
  ): Promise<Report> {
    const { row, state } = await this.reader.one(by, id, tx);
    const permit = this.reader.permit(by, row);
    if (action === 'acknowledge' ? !permit.isOfReceiver : !permit.isOfSender)
      throw new Fault('scope.denied', {
        seen: by.centre,
        wanted: action === 'acknowledge' ? row.to : row.from,
      });
    if (version !== row.version)
      throw new Fault('report.stale', { seen: version, current: this.reader.view(by, row) });
    const now = this.desk.clock.now();
    const next = settle(moved(row, action, { by: by.name, at: now, body }));
    const fact = await this.desk.write(tx, next, FACTS[action], now);
    const follows =
      action === 'send'
        ? [...(await this.desk.settle(tx, next, now)), ...(await this.desk.follow(tx, state, now))]
        : [];
    if (action !== 'edit')
      await this.audit.write(tx, {
        caller: by,
        action: FACTS[action],
        subject: `report:${id}`,
        outcome: 'done',
        detail: { incident: row.incident, kind: row.kind, ordinal: row.ordinal },
      });
    await this.journal.append(tx, [fact, ...follows]);
    return this.reader.view(by, next);
  }
}

function moved(
  row: ReportRow,
  action: ReportAction,
  { body, ...signed }: { by: string; at: number; body: ReportBody },
): Decision<ReportRow> {
  if (action === 'edit') return edited(row, body);
  return action === 'send' ? sent(row, signed) : acknowledged(row, signed);
}
