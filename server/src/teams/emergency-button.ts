import { Injectable } from '@nestjs/common';
import type { Id, LngLat, TeamId } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { type Draft, Journal } from '../journal/journal.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';

/** Somebody of a team pressed the emergency button of its device. Instants are ms since 1970. */
export interface EmergencyPress {
  readonly id: Id;
  readonly device: Id;
  readonly team: TeamId;
  readonly observedAt: number;
  readonly recordedAt: number;
  /** Where, WGS 84, as far as the device knew; null: ask the team's last fix. */
  readonly place: LngLat | null;
}

/** What follows from a press, in the transaction that records it: facts for the journal. */
export type OnPressed = (tx: EntityManager, press: EmergencyPress) => Promise<Draft[]>;

/**
 * The emergency button (一键求助). In: what devices tell, again and again while a button is held, late, or twice. Out: one
 * row of `emergency_press` for each press, and the listeners' facts with it. Never: a press that is answered before it is
 * committed, or that is lost because its place or its clock was bad. Letting go ends the press, not the call for help.
 */
@Injectable()
export class EmergencyButton {
  readonly #listeners: OnPressed[] = [];

  constructor(
    private readonly database: Database,
    private readonly journal: Journal,
    private readonly clock: Clock,
  ) {}

  onPressed(listener: OnPressed): void {
    this.#listeners.push(listener);
  }

  /** Records a press unless it is known; answers whether it is new. */
  press({ device, team, observedAt, place }: Omit<EmergencyPress, 'id' | 'recordedAt'>): Promise<boolean> {
    const recordedAt = this.clock.now();
    const press = { id: this.clock.mint(), device, team, observedAt, recordedAt, place };
    return this.journal.transaction(async (tx) => {
      await tx.query('select 1 from device where id = $1 for no key update', [device]);
      const known: unknown[] = await tx.query(KNOWN, [device, new Date(observedAt)]);
      if (known.length > 0) return false;
      await tx.query(INSERT, [
        press.id,
        device,
        team,
        new Date(observedAt),
        new Date(recordedAt),
        place?.[0] ?? null,
        place?.[1] ?? null,
      ]);
      const drafts: Draft[] = [];
      for (const listener of this.#listeners) drafts.push(...(await listener(tx, press)));
      await this.journal.append(tx, drafts);
      return true;
    });
  }

  /** The button was let go at `at`. */
  release(device: Id, at: number): Promise<void> {
    return this.journal.transaction(async (tx) => {
      await tx.query('select 1 from device where id = $1 for no key update', [device]);
      await tx.query(
        'update emergency_press set released_at = $2 where device = $1 and released_at is null and observed_at < $2',
        [device, new Date(at)],
      );
    });
  }

  async isPressed(device: Id): Promise<boolean> {
    const open = await this.database.query(
      'select 1 from emergency_press where device = $1 and released_at is null',
      [device],
    );
    return open.length > 0;
  }
}

// One that is held, or one whose time this moment lies in: also just before it, since reports come out of order.
const KNOWN = `
  select 1 from emergency_press
   where device = $1 and (released_at is null
      or $2::timestamptz between observed_at - interval '1 minute' and released_at)
   limit 1`;

const INSERT = `
  insert into emergency_press (id, device, team, observed_at, recorded_at, lng, lat)
  values ($1, $2, $3, $4, $5, $6, $7)`;
