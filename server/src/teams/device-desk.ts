import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { DeviceDraft, Id, NewDevice, TeamId } from '@app/shared';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../access/caller.js';
import { TokenDesk } from '../access/token-desk.js';
import { Clock } from '../platform/clock.js';
import { deviceView } from './device-view.js';
import { DeviceRepository, type NewDeviceRow } from './device.repository.js';
import type { DeviceRow } from './device.table.js';
import type { TeamRow } from './team.table.js';

const NUMBERS = 2 ** 32;

/** Makes and ends devices together with the token that each speaks by, inside the caller's transaction. */
@Injectable()
export class DeviceDesk {
  constructor(
    private readonly devices: DeviceRepository,
    private readonly tokens: TokenDesk,
    private readonly clock: Clock,
  ) {}

  /** @throws Fault `device.taken` when a device in use has this external id or terminal number */
  async make(tx: EntityManager, draft: DeviceDraft, team: TeamRow, by: Caller): Promise<NewDevice> {
    const row = this.rowOf(draft);
    await this.devices.insert(tx, row);
    const secret = await this.issue(tx, row, team, by);
    return { ...deviceView({ ...row, revokedAt: null }, null), secret };
  }

  /** Of a crew's own handheld: it has no secret, whoever has signed in there speaks for it. */
  async makeHandheld(tx: EntityManager, team: TeamId, machine: Id): Promise<Id> {
    const row = { ...this.rowOf({ team }), handheld: machine };
    await this.devices.insert(tx, row);
    return row.id;
  }

  /** Ends the secret that a device has and makes another one, which is answered. */
  async renew(tx: EntityManager, device: DeviceRow, team: TeamRow, by: Caller): Promise<string> {
    for (const token of await this.devices.tokensOf(tx, device.id)) await this.tokens.revoke(tx, by, token);
    return this.issue(tx, device, team, by);
  }

  private async issue(
    tx: EntityManager,
    { id, name }: Pick<DeviceRow, 'id' | 'name'>,
    { callSign, centre }: TeamRow,
    by: Caller,
  ): Promise<string> {
    const draft = { name: `${callSign} ${name ?? ''}`.trim(), centre, scopes: ['positions' as const] };
    const { secret } = await this.tokens.issue(tx, by, draft, id);
    return secret;
  }

  /** Ends a device and its secret; one that has ended already stays so. */
  async end(tx: EntityManager, id: Id, by: Caller): Promise<void> {
    await this.devices.revoke(tx, id, this.clock.now());
    for (const token of await this.devices.tokensOf(tx, id)) await this.tokens.revoke(tx, by, token);
  }

  /** Ends all devices of a team. */
  async endOf(tx: EntityManager, team: TeamId, by: Caller): Promise<void> {
    for (const id of await this.devices.inUse(tx, team)) await this.end(tx, id, by);
  }

  private rowOf({ team, name, externalId, datum, terminal, terminalId }: DeviceDraft): NewDeviceRow {
    return {
      id: this.clock.mint(),
      number: randomInt(1, NUMBERS),
      team,
      name: name ?? null,
      externalId: externalId ?? null,
      datum: datum ?? 'wgs84',
      terminal: terminal ?? null,
      terminalId: terminalId ?? null,
      enrolledAt: null,
      handheld: null,
      demo: false,
      createdAt: this.clock.now(),
    };
  }
}
