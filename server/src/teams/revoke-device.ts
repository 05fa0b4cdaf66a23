import { Injectable } from '@nestjs/common';
import type { Id } from '@app/shared';
import { Access } from '../access/access.js';
import type { Caller } from '../access/caller.js';
import { Database } from '../platform/database.js';
import { Fault } from '../platform/fault.js';
import { DeviceDesk } from './device-desk.js';
import { DeviceRepository } from './device.repository.js';
import { TeamRepository } from './team.repository.js';

@Injectable()
export class RevokeDevice {
  constructor(
    private readonly database: Database,
    private readonly access: Access,
    private readonly devices: DeviceRepository,
    private readonly teams: TeamRepository,
    private readonly desk: DeviceDesk,
  ) {}

  /**
   * Ends a device and its secret; one that has ended already stays so.
   * @throws Fault `device.unknown`, also for one of a team whose home is not in the caller's subtree
   */
  run(id: Id, caller: Caller): Promise<void> {
    return this.database.transaction(async (tx) => {
      const device = await this.devices.lock(tx, id);
      const team = device && (await this.teams.find(device.team, tx));
      if (!team || !this.access.mayAct(caller, team.centre)) throw new Fault('device.unknown', { id });
      await this.desk.end(tx, id, caller);
    });
  }
}
