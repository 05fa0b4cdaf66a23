import { Injectable } from '@nestjs/common';
import type { Id } from '@app/shared';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../access/caller.js';
import { Database } from '../platform/database.js';
import { DeviceDesk } from './device-desk.js';
import { DeviceRepository } from './device.repository.js';
import type { DeviceRow } from './device.table.js';
import { TeamRepository } from './team.repository.js';

/** What a terminal that registers is told. */
export type Enrolment = { readonly code: string } | 'unknown' | 'taken';

@Injectable()
export class EnrolTerminal {
  constructor(
    private readonly database: Database,
    private readonly devices: DeviceRepository,
    private readonly teams: TeamRepository,
    private readonly desk: DeviceDesk,
  ) {}

  /**
   * A code for a terminal that was provided for and has shown none yet. Once it did, its number alone is no proof: it
   * must show the code, or somebody rotates it.
   */
  run(id: Id, terminalId: string): Promise<Enrolment> {
    return this.database.transaction(async (tx) => {
      const device = await this.devices.lock(tx, id);
      if (!device || device.revokedAt !== null) return 'unknown';
      if (device.terminalId !== null && device.terminalId !== terminalId) return 'unknown';
      if (device.enrolledAt !== null) return 'taken';
      const team = await this.teams.find(device.team, tx);
      const by = await this.#speakerOf(tx, device);
      if (!team || !by) return 'unknown';
      return { code: await this.desk.renew(tx, device, team, by) };
    });
  }

  /** A terminal asks for itself: whoever provided for it answers for the new code as for the old one. */
  async #speakerOf(tx: EntityManager, { id, terminal }: DeviceRow): Promise<Caller | undefined> {
    const answerable = await this.devices.answerable(tx, id);
    return (
      answerable && {
        ...answerable,
        name: `terminal ${terminal}`,
        role: 'staff',
        via: 'token',
        credential: id,
        tokenScopes: ['positions'],
        device: id,
        isSimulator: false,
      }
    );
  }
}
