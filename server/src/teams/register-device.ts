import { Injectable } from '@nestjs/common';
import type { DeviceDraft, NewDevice } from '@app/shared';
import type { Caller } from '../access/caller.js';
import { Idempotency } from '../access/idempotency.js';
import { Database } from '../platform/database.js';
import { DeviceDesk } from './device-desk.js';
import { TeamLookup } from './team-lookup.js';

@Injectable()
export class RegisterDevice {
  constructor(
    private readonly database: Database,
    private readonly idempotency: Idempotency,
    private readonly teams: TeamLookup,
    private readonly desk: DeviceDesk,
  ) {}

  /**
   * A device of a team with a token of its own that may tell this device's positions and nothing else. The secret is
   * told to the one request that made it; the answer that is kept for a repeated one has null in its place.
   * @throws Fault `team.unknown`, `scope.denied`, `device.taken` when a device in use has this external id
   */
  run(draft: DeviceDraft, caller: Caller, key: string | null): Promise<NewDevice> {
    return this.database.transaction(async (tx) => {
      const told: { secret: string | null } = { secret: null };
      const once = { key, route: 'POST /api/devices', body: draft };
      const kept = await this.idempotency.once(tx, caller, once, async () => {
        const team = await this.teams.lockForChange(tx, draft.team, caller);
        const device = await this.desk.make(tx, draft, team, caller);
        told.secret = device.secret;
        return { ...device, secret: null };
      });
      return { ...kept, ...told };
    });
  }
}
