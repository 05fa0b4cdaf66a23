import { Injectable } from '@nestjs/common';
import type { ListFault, NewDevices } from '@app/shared';
import { type EntityManager, In, IsNull } from 'typeorm';
import { Access } from '../access/access.js';
import type { Caller } from '../access/caller.js';
import { Database } from '../platform/database.js';
import { Fault } from '../platform/fault.js';
import { DeviceDesk } from './device-desk.js';
import { callSignsOf, readDeviceList, takenIn } from './device-list.rules.js';
import { DeviceRepository } from './device.repository.js';
import { type TeamRow, teamTable } from './team.table.js';

/** Faults of a list that are told at once. */
const MOST_FAULTS = 100;

@Injectable()
export class RegisterDevices {
  constructor(
    private readonly database: Database,
    private readonly access: Access,
    private readonly devices: DeviceRepository,
    private readonly desk: DeviceDesk,
  ) {}

  /**
   * Every device of a list as CSV, or none. Each has a secret, told to this one request.
   * @throws Fault `device.list` with `lines`, what is wrong in which of them
   */
  run(csv: string, caller: Caller): Promise<NewDevices> {
    return this.database.transaction(async (tx) => {
      const teams = await this.#teamsOf(tx, csv, caller);
      const { devices, faults } = readDeviceList(
        csv,
        new Map(teams.map(({ callSign, id }) => [callSign, id])),
      );
      const names = devices.flatMap(({ draft }) => [draft.terminal ?? '', draft.externalId ?? '']);
      const taken = takenIn(devices, await this.devices.namesInUse(tx, names));
      this.#refuse([...faults, ...taken]);
      const byId = new Map(teams.map((team) => [team.id, team]));
      const items = [];
      for (const { draft } of devices) {
        const team = byId.get(draft.team);
        if (team) items.push(await this.desk.make(tx, draft, team, caller));
      }
      return { items };
    });
  }

  #refuse(faults: readonly ListFault[]): void {
    if (faults.length === 0) return;
    const lines = [...faults].sort((a, b) => a.line - b.line).slice(0, MOST_FAULTS);
    throw new Fault('device.list', { lines, count: faults.length });
  }

  /** Open teams that the list names, of the caller's subtree; locked, so that none is closed meanwhile. */
  async #teamsOf(tx: EntityManager, csv: string, caller: Caller): Promise<TeamRow[]> {
    const teams = await tx.find(teamTable, {
      where: { callSign: In(callSignsOf(csv)), closedAt: IsNull() },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
    return teams.filter(({ centre }) => this.access.mayAct(caller, centre));
  }
}
