import { Injectable } from '@nestjs/common';
import type { Id, NewDevice } from '@app/shared';
import { Access } from '../access/access.js';
import type { Caller } from '../access/caller.js';
import { Database } from '../platform/database.js';
import { Fault } from '../platform/fault.js';
import { DeviceDesk } from './device-desk.js';
import { deviceView } from './device-view.js';
import { DeviceRepository } from './device.repository.js';
import { TeamRepository } from './team.repository.js';

@Injectable()
export class RotateDevice {
  constructor(
    private readonly database: Database,
    private readonly access: Access,
    private readonly devices: DeviceRepository,
    private readonly teams: TeamRepository,
    private readonly desk: DeviceDesk,
  ) {}

  /**
   * Another secret for a device, told once; the one before ends, with its connections. A terminal may register anew.
   * @throws Fault `device.unknown`, also for one that has ended, has no secret, or whose team's home is not in the caller's subtree
   */
  run(id: Id, caller: Caller): Promise<NewDevice> {
    return this.database.transaction(async (tx) => {
      const device = await this.devices.lock(tx, id);
      const team = device && (await this.teams.find(device.team, tx));
      const hasSecret = device?.revokedAt === null && device.handheld === null;
      if (!team || !hasSecret || !this.access.mayAct(caller, team.centre))
        throw new Fault('device.unknown', { id });
      await this.devices.enrol(tx, id, null);
      const secret = await this.desk.renew(tx, device, team, caller);
      return { ...deviceView({ ...device, enrolledAt: null }, null), secret };
    });
  }
}
