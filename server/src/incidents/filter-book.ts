import { Injectable } from '@nestjs/common';
import { type FilterDraft, FILTERS_MOST, type Id, type SavedFilter } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Audit } from '../access/audit.js';
import type { Caller } from '../access/caller.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { Fault } from '../platform/fault.js';
import { orTaken } from '../platform/unique.js';

type FilterRow = Omit<SavedFilter, 'mine' | 'mayDelete'> & { readonly account: Id };

/** Filters that accounts keep. One that is shared is everybody's at the centre where it was made. */
@Injectable()
export class FilterBook {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async list(by: Caller): Promise<SavedFilter[]> {
    const rows = await this.database.query<FilterRow>(LIST, [by.account, by.centre]);
    return rows.map((row) => shownTo(by, row));
  }

  /** @throws Fault `filter.taken` for a name that the account has used, `filter.too-many` */
  async keep(tx: EntityManager, by: Caller, { name, shared, query }: FilterDraft): Promise<SavedFilter> {
    const [{ count } = { count: 0 }] = await tx.query<{ count: number }[]>(
      'select count(*)::int as count from saved_filter where account = $1',
      [by.account],
    );
    if (count >= FILTERS_MOST) throw new Fault('filter.too-many', { seen: count, most: FILTERS_MOST });
    const id = this.clock.mint();
    const row = [id, by.account, by.centre, name, shared, JSON.stringify(query), new Date(this.clock.now())];
    await orTaken(tx.query(INSERT, row), 'saved_filter_name', 'filter.taken', { name });
    return shownTo(by, { id, name, shared, query, account: by.account });
  }

  /** @throws Fault `filter.unknown`, also for one that the caller may not delete */
  async drop(tx: EntityManager, by: Caller, id: Id): Promise<void> {
    const gone = await tx.query<[unknown[], number]>(DROP, [id, by.account, by.centre, maySweep(by)]);
    if (gone[1] === 0) throw new Fault('filter.unknown', { id });
    await this.audit.write(tx, {
      caller: by,
      action: 'filter.deleted',
      subject: `filter:${id}`,
      outcome: 'done',
    });
  }
}

/** Who may delete what others share at their centre. */
const maySweep = ({ role }: Caller): boolean => role === 'commander' || role === 'admin';

function shownTo(by: Caller, { account, ...row }: FilterRow): SavedFilter {
  const mine = account === by.account;
  return { ...row, mine, mayDelete: mine || maySweep(by) };
}

const LIST = `
  select id, account, name, shared, query from saved_filter
   where account = $1 or (shared and centre = $2)
   order by account <> $1, name collate "C"`;

const INSERT = `
  insert into saved_filter (id, account, centre, name, shared, query, created_at)
  values ($1, $2, $3, $4, $5, $6::jsonb, $7)`;

const DROP =
  'delete from saved_filter where id = $1 and (account = $2 or (shared and centre = $3 and $4)) returning id';
