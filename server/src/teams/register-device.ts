import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { DeviceDraft, NewDevice } from '@app/shared';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../access/caller.js';
import { Idempotency } from '../access/idempotency.js';
import { hashOf, newSecret } from '../access/secret.js';
import { tokenTable } from '../access/token.table.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { deviceView } from './device-view.js';
import { DeviceRepository, type NewDeviceRow } from './device.repository.js';
import { TeamLookup } from './team-lookup.js';
import type { TeamRow } from './team.table.js';

const NUMBERS = 2 ** 32;

@Injectable()
export class RegisterDevice {
  constructor(
    private readonly database: Database,
    private readonly idempotency: Idempotency,
    private readonly teams: TeamLookup,
    private readonly devices: DeviceRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * A device of a team with a token of its own that may tell this device's positions and nothing else. The secret is
   * told to the one request that made it: repeated with the same key, the answer has null in its place.
   * @throws Fault `team.unknown`, `scope.denied`, `device.taken` when a device in use has this external id
   */
  async run(draft: DeviceDraft, caller: Caller, key: string | null): Promise<NewDevice> {
    const told: { secret: string | null } = { secret: null };
    const device = await this.database.transaction((tx) => {
      told.secret = null;
      const once = { key, route: 'POST /api/devices', body: draft };
      return this.idempotency.once(tx, caller, once, async () => {
        const team = await this.teams.lockForChange(tx, draft.team, caller);
        const row = this.rowOf(draft);
        await this.devices.insert(tx, row);
        told.secret = await this.giveSecret(tx, row, team, caller);
        return deviceView({ ...row, revokedAt: null });
      });
    });
    return { ...device, ...told };
  }

  private rowOf({ team, name, externalId, datum }: DeviceDraft): NewDeviceRow {
    return {
      id: this.clock.mint(),
      number: randomInt(1, NUMBERS),
      team,
      name: name ?? null,
      externalId: externalId ?? null,
      datum: datum ?? 'wgs84',
      demo: false,
      createdAt: this.clock.now(),
    };
  }

  private async giveSecret(
    tx: EntityManager,
    device: NewDeviceRow,
    team: TeamRow,
    caller: Caller,
  ): Promise<string> {
    const secret = newSecret();
    await tx.insert(tokenTable, {
      id: this.clock.mint(),
      secretHash: hashOf(secret),
      name: `${team.callSign} ${device.name ?? ''}`.trim(),
      centre: team.centre,
      scopes: ['positions'],
      account: caller.account,
      device: device.id,
      createdAt: device.createdAt,
      seenAt: null,
      expiresAt: null,
      revokedAt: null,
    });
    return secret;
  }
}
