import { Injectable } from '@nestjs/common';
import type { AccountId, AlertId, CentreId, Id, IncidentId, LogKind } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Database } from '../platform/database.js';

/** A line to be written; its number is given when it is. Instants in ms since 1970. */
export interface LogLine {
  readonly id: Id;
  readonly centre: CentreId;
  readonly kind: LogKind;
  readonly text: string;
  readonly incident: IncidentId | null;
  readonly alert: AlertId | null;
  readonly refers: Id | null;
  readonly shift: Id | null;
  readonly byAccount: AccountId;
  readonly byName: string;
  readonly occurredAt: number;
  readonly recordedAt: number;
}

/** A line as it is read, with what speaks of it. */
export interface LogSeen {
  readonly id: Id;
  readonly centre: CentreId;
  readonly number: number;
  readonly kind: LogKind;
  readonly text: string;
  readonly erased: boolean;
  readonly by: string;
  readonly occurredAt: Date;
  readonly recordedAt: Date;
  readonly incident: IncidentId | null;
  readonly incidentNumber: string | null;
  readonly alert: AlertId | null;
  readonly refers: Id | null;
  readonly refersNumber: number | null;
  readonly doneId: Id | null;
  readonly doneNumber: number | null;
  readonly correctedId: Id | null;
  readonly correctedNumber: number | null;
}

export interface LogFilter {
  readonly centre: CentreId;
  readonly kind: LogKind | undefined;
  readonly incident: IncidentId | undefined;
  readonly isOpen: boolean;
  /** Entries with a smaller number. */
  readonly before: number | undefined;
}

@Injectable()
export class DutyLogRepository {
  constructor(private readonly database: Database) {}

  /** Writes a line under the centre's next number; whoever writes at the same moment waits, so that none is left out. */
  async add(tx: EntityManager, line: LogLine): Promise<void> {
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`duty-log:${line.centre}`]);
    await tx.query(ADD, [
      line.id,
      line.centre,
      line.kind,
      line.text,
      line.incident,
      line.alert,
      line.refers,
      line.shift,
      line.byAccount,
      line.byName,
      new Date(line.occurredAt),
      new Date(line.recordedAt),
    ]);
  }

  async find(tx: EntityManager, centre: CentreId, id: Id): Promise<LogSeen | null> {
    const rows = await tx.query<LogSeen[]>(`${SELECT} where l.centre = $1 and l.id = $2`, [centre, id]);
    return rows[0] ?? null;
  }

  /** Newest first. */
  list({ centre, kind, incident, isOpen, before }: LogFilter, limit: number): Promise<LogSeen[]> {
    return this.database.query<LogSeen>(
      `${SELECT}
        where l.centre = $1
          and ($2::text is null or l.kind = $2)
          and ($3::uuid is null or l.incident = $3)
          and ($4::int is null or l.number < $4)
          and (not $5 or (l.kind = 'matter' and done.id is null))
        order by l.number desc limit $6`,
      [centre, kind ?? null, incident ?? null, before ?? null, isOpen, limit],
    );
  }

  /** Matters that nobody has settled, oldest first. */
  openMatters(tx: EntityManager, centre: CentreId): Promise<LogSeen[]> {
    return tx.query<LogSeen[]>(
      `${SELECT} where l.centre = $1 and l.kind = 'matter' and done.id is null order by l.number`,
      [centre],
    );
  }
}

const ADD = `
  insert into duty_log (id, centre, number, kind, text, incident, alert, refers, shift, by_account, by_name,
                        occurred_at, recorded_at)
  select $1, $2, coalesce(max(number), 0) + 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12
    from duty_log where centre = $2`;

const SELECT = `
  select l.id, l.centre, l.number, l.kind, l.text, l.erased_at is not null as erased, l.by_name as by, l.occurred_at as "occurredAt",
         l.recorded_at as "recordedAt", l.incident, i.number as "incidentNumber", l.alert,
         l.refers, r.number as "refersNumber", done.id as "doneId", done.number as "doneNumber",
         corrected.id as "correctedId", corrected.number as "correctedNumber"
    from duty_log l
    left join incident i on i.id = l.incident
    left join duty_log r on r.id = l.refers
    left join duty_log done on done.refers = l.id and done.kind = 'done'
    left join lateral (
      select c.id, c.number from duty_log c
       where c.refers = l.id and c.kind = 'correction' order by c.number desc limit 1
    ) corrected on true`;
