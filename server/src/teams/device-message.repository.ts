import { Injectable } from '@nestjs/common';
import { type DeviceMessage, DeviceMessageDraft, type Id, MESSAGE_WAIT_MS, toInstant } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';

/** A message that is to be sent now. */
export interface WaitingMessage {
  readonly id: Id;
  readonly device: Id;
  readonly draft: DeviceMessageDraft;
}

interface MessageRow {
  readonly id: Id;
  readonly kind: DeviceMessage['kind'];
  readonly createdAt: Date;
  readonly sentAt: Date | null;
  readonly answeredAt: Date | null;
  readonly result: number | null;
}

@Injectable()
export class DeviceMessageRepository {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async insert(
    tx: EntityManager,
    device: Id,
    account: Id,
    draft: DeviceMessageDraft,
  ): Promise<DeviceMessage> {
    const [id, createdAt] = [this.clock.mint(), new Date(this.clock.now())];
    await tx.query(
      `insert into device_message (id, device, kind, body, account, created_at) values ($1, $2, $3, $4, $5, $6)`,
      [id, device, draft.kind, JSON.stringify(draft), account, createdAt],
    );
    return this.#viewOf({ id, kind: draft.kind, createdAt, sentAt: null, answeredAt: null, result: null });
  }

  /** The newest messages of a device. */
  async list(device: Id, limit: number): Promise<DeviceMessage[]> {
    const rows = await this.database.query<MessageRow>(
      `select id, kind, created_at as "createdAt", sent_at as "sentAt", answered_at as "answeredAt", result
         from device_message where device = $1 order by id desc limit $2`,
      [device, limit],
    );
    return rows.map((row) => this.#viewOf(row));
  }

  /** Takes what waits for these devices, once whoever asks, in order; what waited too long is left to lapse. */
  async takeWaiting(devices: readonly Id[]): Promise<WaitingMessage[]> {
    const now = this.clock.now();
    const rows = await this.database.query<{ id: Id; device: Id; body: unknown }>(TAKE, [
      devices,
      new Date(now - MESSAGE_WAIT_MS),
      new Date(now),
    ]);
    return rows.map(({ id, device, body }) => ({ id, device, draft: DeviceMessageDraft.parse(body) }));
  }

  async noteAnswer(id: Id, result: number): Promise<void> {
    await this.database.query(
      'update device_message set answered_at = $2, result = $3 where id = $1 and answered_at is null',
      [id, new Date(this.clock.now()), result],
    );
  }

  #viewOf({ id, kind, createdAt, sentAt, answeredAt, result }: MessageRow): DeviceMessage {
    const isLate = createdAt.getTime() < this.clock.now() - MESSAGE_WAIT_MS;
    return {
      id,
      kind,
      state: answeredAt ? 'answered' : sentAt ? 'sent' : isLate ? 'lapsed' : 'waiting',
      createdAt: toInstant(createdAt.getTime()),
      sentAt: sentAt && toInstant(sentAt.getTime()),
      answeredAt: answeredAt && toInstant(answeredAt.getTime()),
      result,
    };
  }
}

// A select on the outside: of an update the driver's caller would get rows and count in pairs.
const TAKE = `
  with waiting as (
    select id, body from device_message
     where sent_at is null and device = any($1) and created_at > $2
     order by id for update skip locked
  ), sent as (
    update device_message m set sent_at = $3, body = '{}' from waiting
     where m.id = waiting.id
    returning m.id, m.device, waiting.body
  )
  select id, device, body from sent order by id`;
