import { Injectable } from '@nestjs/common';
import { type AccountId, type CheckIn, type Id, type Names, type TeamId, toInstant } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Database } from '../platform/database.js';
import { hasForce, type Outlived } from '../positions/track-retention.js';
import type { Asks } from '../positions/track.query.js';
import type { CheckedIn } from './check-in.rules.js';

/** A check-in as it came in. Instants are ms since 1970. */
export interface CheckInRow extends CheckedIn {
  readonly account: AccountId;
  readonly device: Id;
  readonly team: TeamId;
  readonly code: string;
  readonly placeDoubt: 'place' | 'unproven' | null;
}

export type NamedCheckIn = CheckInRow & { readonly names: Names };

const ms = (column: string, name: string) => `(extract(epoch from ${column}) * 1000)::float8 as "${name}"`;
const SELECT = `select c.id, c.account, c.device, c.team, c.checkpoint, c.code, c.kind, c.doubt,
  c.place_doubt as "placeDoubt", p.names, ${ms('c.claimed_at', 'claimedAt')}, ${ms('c.received_at', 'receivedAt')}
  from check_in c join patrol_checkpoint p on p.id = c.checkpoint`;
const MOST = 200;
/** Machines that one account is known by: a name of a machine costs whoever makes it up nothing. */
const MOST_MACHINES = 16;

export const checkInView = (row: NamedCheckIn): CheckIn => ({
  id: row.id,
  checkpoint: row.checkpoint,
  names: row.names,
  at: toInstant(row.claimedAt),
  receivedAt: toInstant(row.receivedAt),
  kind: row.kind,
  doubt: row.doubt ?? row.placeDoubt,
});

/** Check-ins, and when each handheld last spoke to us. */
@Injectable()
export class CheckInRepository {
  constructor(private readonly database: Database) {}

  async find(tx: EntityManager, id: Id): Promise<NamedCheckIn | undefined> {
    const [row] = await tx.query<NamedCheckIn[]>(`${SELECT} where c.id = $1`, [id]);
    return row;
  }

  /** What a team told of a span, newest first. */
  ofTeam(
    team: TeamId,
    { from, to }: { from: number; to: number },
    tx: EntityManager = this.database.manager,
  ): Promise<NamedCheckIn[]> {
    return tx.query(
      `${SELECT} where c.team = $1 and c.claimed_at >= $2 and c.claimed_at < $3
        order by c.claimed_at desc, c.id limit ${MOST}`,
      [team, new Date(from), new Date(to)],
    );
  }

  /** Writes it once; one that is known already stays as it is. */
  async insert(tx: EntityManager, row: CheckInRow): Promise<void> {
    const kept = [row.id, row.account, row.device, row.team, row.checkpoint, row.code];
    await tx.query(
      `insert into check_in (id, account, device, team, checkpoint, code, claimed_at, received_at, kind, doubt)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (id) do nothing`,
      [...kept, new Date(row.claimedAt), new Date(row.receivedAt), row.kind, row.doubt],
    );
  }

  async doubt(tx: EntityManager, id: Id, placeDoubt: CheckInRow['placeDoubt']): Promise<void> {
    await tx.query('update check_in set place_doubt = $2 where id = $1', [id, placeDoubt]);
  }

  /** Takes away what came in by then. Safe to repeat. */
  async purge(to: Asks, { force, before, anyBefore }: Outlived): Promise<void> {
    await to.query(PURGE, [force, new Date(before), new Date(anyBefore)]);
  }

  async purgeContacts(to: Asks, before: number): Promise<void> {
    await to.query('delete from handheld_contact where at < $1', [new Date(before)]);
  }

  /** When a handheld last spoke to us, ms since 1970; null: never. */
  async contactOf(tx: EntityManager, account: AccountId, device: Id): Promise<number | null> {
    const [row] = await tx.query<{ at: Date }[]>(
      'select at from handheld_contact where account = $1 and device = $2',
      [account, device],
    );
    return row?.at.getTime() ?? null;
  }

  async noteContact(account: AccountId, device: Id, at: number): Promise<void> {
    await this.database.query(NOTE_CONTACT, [account, device, new Date(at), MOST_MACHINES - 1]);
  }

  /** How many came in of a team since an instant. */
  async countSince(tx: EntityManager, team: TeamId, since: number): Promise<number> {
    const [row] = await tx.query<{ count: number }[]>(
      'select count(*)::int as count from check_in where team = $1 and received_at > $2',
      [team, new Date(since)],
    );
    return row?.count ?? 0;
  }
}

/** The newest machines of the account stay. */
const NOTE_CONTACT = `
  with gone as (
    delete from handheld_contact where account = $1 and device in (
      select device from handheld_contact where account = $1 and device <> $2 order by at desc, device offset $4)
  )
  insert into handheld_contact (account, device, at) values ($1, $2, $3)
  on conflict (account, device) do update set at = greatest(handheld_contact.at, excluded.at)`;

const PURGE = `
  delete from check_in c using team t
   where t.id = c.team and ((${hasForce('t')} and c.received_at < $2) or c.received_at < $3)`;
