import { Injectable } from '@nestjs/common';
import type { CentreId, Id, TeamId } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Database } from '../platform/database.js';
import { orTaken } from '../platform/unique.js';
import { type DeviceRow, deviceTable } from './device.table.js';

export type NewDeviceRow = Omit<DeviceRow, 'revokedAt' | 'changedAt'>;

export interface DeviceFilter {
  readonly centres: readonly CentreId[];
  readonly team: TeamId | undefined;
  readonly limit: number;
  /** The id after which the answer begins. */
  readonly cursor: Id | undefined;
}

/** A machine of a crew as which it tells, or told, positions. */
export interface HandheldRow {
  readonly id: Id;
  /** The machine. */
  readonly handheld: Id;
  readonly isInUse: boolean;
  readonly isNew: boolean;
}

@Injectable()
export class DeviceRepository {
  constructor(private readonly database: Database) {}

  /** The row stays locked until the caller's transaction ends. */
  lock(tx: EntityManager, id: Id): Promise<DeviceRow | null> {
    return tx.findOne(deviceTable, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  /** Devices whose teams have their home in one of these centres, by id. */
  list({ centres, team, limit, cursor }: DeviceFilter): Promise<DeviceRow[]> {
    const query = this.database.manager
      .createQueryBuilder(deviceTable, 'device')
      .where('device.team in (select id from team where centre = any(:centres))', { centres });
    if (team) query.andWhere('device.team = :team', { team });
    if (cursor) query.andWhere('device.id > :cursor', { cursor });
    return query.orderBy('device.id').take(limit).getMany();
  }

  /** @throws Fault `device.taken` when a device in use has this external id or terminal number */
  async insert(tx: EntityManager, device: NewDeviceRow): Promise<void> {
    const row = { ...device, revokedAt: null, changedAt: () => 'clock_timestamp()' };
    const { externalId, terminal } = device;
    const write = orTaken(tx.insert(deviceTable, row), 'device_external_id', 'device.taken', { externalId });
    await orTaken(write, 'device_terminal', 'device.taken', { terminal });
  }

  /** Of these names, those that devices in use have: terminal numbers and external ids. */
  async namesInUse(tx: EntityManager, names: readonly string[]): Promise<ReadonlySet<string>> {
    const rows: { name: string }[] = await tx.query(
      `select terminal as name from device where terminal = any($1) and revoked_at is null
       union select external_id from device where external_id = any($1) and revoked_at is null`,
      [names],
    );
    return new Set(rows.map(({ name }) => name));
  }

  /** When these devices last told anything, ms since 1970. */
  async seenAt(ids: readonly Id[]): Promise<ReadonlyMap<Id, number>> {
    const rows = await this.database.query<{ device: Id; at: Date }>(
      'select device, seen_at as at from device_seen where device = any($1)',
      [ids],
    );
    return new Map(rows.map(({ device, at }) => [device, at.getTime()]));
  }

  /** Whether a terminal has shown its code (`at`, ms), or is to be given one again (null). */
  async enrol(tx: EntityManager, id: Id, at: number | null): Promise<void> {
    await tx.query('update device set enrolled_at = $2, changed_at = clock_timestamp() where id = $1', [
      id,
      at === null ? null : new Date(at),
    ]);
  }

  /** Names the connection that speaks for a terminal from now on; the first one enrols it. */
  async link(id: Id, link: Id, at: number): Promise<void> {
    await this.database.query(
      `update device set link = $2, enrolled_at = coalesce(enrolled_at, $3), changed_at = clock_timestamp()
        where id = $1 and (link is null or link < $2)`,
      [id, link, new Date(at)],
    );
  }

  /** The account that answers for a device, and the centre of its secret; undefined when its secret was ended alone. */
  async answerable(tx: EntityManager, device: Id): Promise<{ account: Id; centre: Id } | undefined> {
    const rows: { account: Id; centre: Id }[] = await tx.query(
      'select account, centre from token where device = $1 and revoked_at is null order by id limit 1',
      [device],
    );
    return rows[0];
  }

  /** Ends a device in use. The stamp of the change is the database's own: other processes ask by it. */
  async revoke(tx: EntityManager, id: Id, at: number): Promise<void> {
    await tx.query(
      'update device set revoked_at = $2, changed_at = clock_timestamp() where id = $1 and revoked_at is null',
      [id, new Date(at)],
    );
  }

  /** The tokens by which a device speaks. */
  async tokensOf(tx: EntityManager, device: Id): Promise<Id[]> {
    const rows: { id: Id }[] = await tx.query(
      'select id from token where device = $1 and revoked_at is null order by id',
      [device],
    );
    return rows.map(({ id }) => id);
  }

  /** A team's own handhelds in use, and those that were made or ended since (ms since 1970); oldest first. */
  handheldsOf(tx: EntityManager, team: TeamId, since: number): Promise<HandheldRow[]> {
    return tx.query(
      `select id, handheld, revoked_at is null as "isInUse", created_at > $2 as "isNew"
         from device
        where team = $1 and handheld is not null and (revoked_at is null or revoked_at > $2 or created_at > $2)
        order by id`,
      [team, new Date(since)],
    );
  }

  /** Whether a device in use of a team, other than a handheld of its own, has been heard since; ms since 1970. */
  async isHeard(tx: EntityManager, team: TeamId, since: number): Promise<boolean> {
    const rows: unknown[] = await tx.query(
      `select from device d join device_seen s on s.device = d.id
        where d.team = $1 and d.handheld is null and d.revoked_at is null and s.seen_at > $2 limit 1`,
      [team, new Date(since)],
    );
    return rows.length > 0;
  }

  /** The devices in use of a team. */
  async inUse(tx: EntityManager, team: TeamId): Promise<Id[]> {
    const rows: { id: Id }[] = await tx.query(
      'select id from device where team = $1 and revoked_at is null order by id for update',
      [team],
    );
    return rows.map(({ id }) => id);
  }
}
