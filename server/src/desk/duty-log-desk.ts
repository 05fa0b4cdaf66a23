import { Injectable } from '@nestjs/common';
import type { Id, LogDraft, LogEntry } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Audit } from '../access/audit.js';
import type { Caller } from '../access/caller.js';
import { Clock } from '../platform/clock.js';
import { DeskLinks } from './desk-links.js';
import { DutyLogReader } from './duty-log-reader.js';
import { DutyLogRepository, type LogSeen } from './duty-log.repository.js';
import { DutyShiftRepository } from './duty-shift.repository.js';

/** Writes lines of a log with their shift and their line in the audit. */
@Injectable()
export class DutyLogDesk {
  constructor(
    private readonly log: DutyLogRepository,
    private readonly shifts: DutyShiftRepository,
    private readonly links: DeskLinks,
    private readonly reader: DutyLogReader,
    private readonly audit: Audit,
    readonly clock: Clock,
  ) {}

  async referred(tx: EntityManager, by: Caller, id: Id | undefined): Promise<LogSeen | null> {
    return id === undefined ? null : this.log.find(tx, by.centre, id);
  }

  requireLinks(tx: EntityManager, by: Caller, { incident, alert }: LogDraft): Promise<void> {
    return this.links.require(tx, by, { incident, alert });
  }

  async write(
    tx: EntityManager,
    { draft, by, occurredAt, now }: { draft: LogDraft; by: Caller; occurredAt: number; now: number },
  ): Promise<LogEntry> {
    const id = this.clock.mint();
    const shift = await this.shifts.running(tx, by.centre);
    await this.log.add(tx, {
      id,
      centre: by.centre,
      kind: draft.kind,
      text: draft.text,
      incident: draft.incident ?? null,
      alert: draft.alert ?? null,
      refers: draft.refers ?? null,
      shift: shift?.id ?? null,
      byAccount: by.account,
      byName: by.name,
      occurredAt,
      recordedAt: now,
    });
    const { kind } = draft;
    const line = {
      caller: by,
      action: 'duty-log.written',
      subject: `duty-log:${id}`,
      detail: { kind },
    } as const;
    await this.audit.write(tx, { ...line, outcome: 'done' });
    return this.reader.written(tx, by, id);
  }
}
