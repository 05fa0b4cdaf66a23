import { Injectable } from '@nestjs/common';
import type { Id, TeamId } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Audit } from '../access/audit.js';
import type { Caller } from '../access/caller.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { Fault } from '../platform/fault.js';
import { DeviceDesk } from './device-desk.js';
import { DeviceRepository } from './device.repository.js';
import { TeamLookup } from './team-lookup.js';

/** Machines of one team that tell positions; one more ends the oldest. As many as its account is known on. */
const MOST_MACHINES = 16;
/** As many are made for a team within a day: a name of a machine is made up easily, and each leaves a row. */
const MOST_MADE = 32;
const DAY_MS = 86_400_000;
/** A device of its own that was heard so lately tells where the team is: two sources would have it leap between them. */
const HEARD_MS = 3_600_000;

/** Takes a crew's yes: their handheld tells where the team is, where nothing else does. */
@Injectable()
export class EnrolHandheld {
  constructor(
    private readonly database: Database,
    private readonly teams: TeamLookup,
    private readonly devices: DeviceRepository,
    private readonly desk: DeviceDesk,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * The device as which a machine tells positions; null: the team has a device of its own that is heard. Safe to repeat.
   * @throws Fault `team.unknown` for a team that is closed, `device.unknown` for a machine that was ended within the day
   * (an administrator has, or others took its place), `request.too-many`
   */
  run(by: Caller, team: TeamId, machine: Id): Promise<Id | null> {
    return this.database.transaction(async (tx) => {
      await this.teams.lockForChange(tx, team, by);
      const now = this.clock.now();
      if (await this.devices.isHeard(tx, team, now - HEARD_MS)) return null;
      const rows = await this.devices.handheldsOf(tx, team, now - DAY_MS);
      const known = rows.filter(({ isInUse }) => isInUse);
      const own = known.find(({ handheld }) => handheld === machine);
      if (own) return own.id;
      if (rows.some(({ handheld }) => handheld === machine)) throw new Fault('device.unknown', { machine });
      const seen = rows.filter(({ isNew }) => isNew).length;
      if (seen >= MOST_MADE)
        throw new Fault('request.too-many', { seen, wanted: `at most ${MOST_MADE} machines a day` });
      return this.#make(tx, by, { team, machine, known: known.map(({ id }) => id) });
    });
  }

  async #make(
    tx: EntityManager,
    by: Caller,
    { team, machine, known }: { team: TeamId; machine: Id; known: readonly Id[] },
  ): Promise<Id> {
    for (const id of known.slice(0, Math.max(0, known.length - MOST_MACHINES + 1)))
      await this.desk.end(tx, id, by);
    const id = await this.desk.makeHandheld(tx, team, machine);
    await this.audit.write(tx, {
      caller: by,
      action: 'device.handheld',
      subject: `device:${id}`,
      outcome: 'done',
      detail: { team },
    });
    return id;
  }
}
