import { Injectable } from '@nestjs/common';
import type { AuditAction, AuditDetail, AuditSubject } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/clock.js';
import type { Caller } from './caller.js';

/** One line of the audit. `subject` is a kind and an id, such as `token:0197…`; `detail` holds no personal data. */
export interface AuditLine {
  /** Null before anybody is known, as for a sign-in that was refused. */
  readonly caller: Pick<Caller, 'account' | 'credential'> | null;
  readonly action: AuditAction;
  readonly subject: AuditSubject | `${AuditSubject}:${string}`;
  readonly outcome: 'done' | 'refused';
  readonly detail?: AuditDetail;
}

/** Who did what: lines chained by hash at commit, only ever added to. */
@Injectable()
export class Audit {
  constructor(private readonly clock: Clock) {}

  /**
   * Writes a line with the change it tells of. Call it before `Journal.append`: both number inside the commit, in the
   * order of the calls, and two commands that did it in different orders would wait for each other.
   */
  async write(tx: EntityManager, { caller, action, subject, outcome, detail }: AuditLine): Promise<void> {
    await tx.query(
      `insert into audit_draft (draft, at, account, credential, action, subject, outcome, detail)
       values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb)`,
      [
        this.clock.mint(),
        new Date(this.clock.now()),
        caller?.account ?? null,
        caller?.credential ?? null,
        action,
        subject,
        outcome,
        JSON.stringify(detail ?? {}),
      ],
    );
  }

  /** Holds the end of the chain for a command that locks the journal's counter before its commit. */
  async hold(tx: EntityManager): Promise<void> {
    await tx.query('select seq from audit_head for update');
  }
}
