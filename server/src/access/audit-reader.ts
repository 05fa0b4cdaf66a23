import { Injectable } from '@nestjs/common';
import type { AuditEntry, AuditQuery } from '@app/shared';
import { Database } from '../platform/database.js';
import type { Caller } from './caller.js';
import { CentreTree } from './centre-tree.js';
import { ReadAudit } from './read-audit.js';

/** The audit as an administrator may read it: lines of the accounts of the own subtree; at the top also nobody's. */
@Injectable()
export class AuditReader {
  constructor(
    private readonly database: Database,
    private readonly tree: CentreTree,
    private readonly reads: ReadAudit,
  ) {}

  async list(by: Caller, asked: AuditQuery): Promise<{ items: AuditEntry[]; next: string | null }> {
    const { action, subject, account, since, until, limit, cursor } = asked;
    const isTop = this.tree.get(by.centre)?.parent === null;
    const rows = await this.database.query<Omit<AuditEntry, 'at'> & { at: Date }>(LIST, [
      isTop,
      this.tree.subtree(by.centre),
      action ?? null,
      subject ?? null,
      account ?? null,
      since ?? null,
      until ?? null,
      cursor ?? null,
      limit + 1,
    ]);
    await this.reads.tell(by, { action: 'audit.read', subject: `centre:${by.centre}` });
    const items = rows.slice(0, limit).map(({ at, ...line }) => ({ ...line, at: at.toISOString() }));
    const last = items.at(-1);
    return { items, next: rows.length > limit && last ? String(last.seq) : null };
  }
}

/** Equal, or beginning with what ends in a point or a colon. */
const matches = (column: string, asked: string): string =>
  `(${asked}::text is null or a.${column} = ${asked}
      or (${asked} ~ '[.:]$' and starts_with(a.${column}, ${asked})))`;

const LIST = `
  select a.seq, a.at, o.name as account, a.action,
         a.subject, a.outcome, a.detail
    from audit a left join account o on o.id = a.account
   where (($1 and a.account is null) or o.centre = any($2))
     and ${matches('action', '$3')} and ${matches('subject', '$4')}
     and ($5::text is null or o.name = $5)
     and ($6::timestamptz is null or a.at >= $6) and ($7::timestamptz is null or a.at < $7)
     and ($8::bigint is null or a.seq < $8)
   order by a.seq desc limit $9`;
