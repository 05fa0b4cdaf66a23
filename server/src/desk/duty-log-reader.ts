import { Injectable } from '@nestjs/common';
import type { Id, LogEntry, LogQuery } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Access } from '../access/access.js';
import type { Caller } from '../access/caller.js';
import { ReadAudit } from '../access/read-audit.js';
import { Fault } from '../platform/fault.js';
import { DutyLogRepository, type LogSeen } from './duty-log.repository.js';

/** A centre's duty log, for itself and for whoever stands above it. */
@Injectable()
export class DutyLogReader {
  constructor(
    private readonly access: Access,
    private readonly log: DutyLogRepository,
    private readonly audit: ReadAudit,
  ) {}

  /** @throws Fault `centre.unknown` for a centre beyond the caller's subtree */
  async list(by: Caller, asked: LogQuery): Promise<{ items: LogEntry[]; next: string | null }> {
    const { centre = by.centre, kind, incident, open, limit, cursor } = asked;
    this.access.requireAct(by, centre);
    const before = cursor === undefined ? undefined : numberOf(cursor);
    const filter = { centre, kind, incident, isOpen: open !== undefined, before };
    const found = await this.log.list(filter, limit + 1);
    const rows = found.slice(0, limit);
    await this.audit.tell(by, { action: 'duty-log.read', subject: `centre:${centre}` });
    const last = rows.at(-1);
    return { items: rows.map(entryOf), next: found.length > limit && last ? String(last.number) : null };
  }

  /** What was just written by its id. */
  async written(tx: EntityManager, by: Caller, id: Id): Promise<LogEntry> {
    const row = await this.log.find(tx, by.centre, id);
    if (!row) throw new Fault('duty-log.unknown', { id });
    return entryOf(row);
  }
}

function numberOf(cursor: string): number {
  if (/^\d{1,9}$/.test(cursor)) return Number(cursor);
  throw new Fault('request.malformed', { field: 'cursor', wanted: 'the `next` of the page before' });
}

const markOf = (id: Id | null, number: number | null) =>
  id === null || number === null ? null : { id, number };

const entryOf = (row: LogSeen): LogEntry => ({
  id: row.id,
  centre: row.centre,
  number: row.number,
  kind: row.kind,
  text: row.text,
  ...(row.erased ? { erased: true } : {}),
  by: row.by,
  occurredAt: row.occurredAt.toISOString(),
  recordedAt: row.recordedAt.toISOString(),
  incident:
    row.incident === null || row.incidentNumber === null
      ? null
      : { id: row.incident, number: row.incidentNumber },
  alert: row.alert,
  refers: markOf(row.refers, row.refersNumber),
  doneBy: markOf(row.doneId, row.doneNumber),
  correctedBy: markOf(row.correctedId, row.correctedNumber),
});
