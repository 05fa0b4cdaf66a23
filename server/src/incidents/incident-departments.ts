import { Injectable } from '@nestjs/common';
import type { Id, IncidentAction } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Access } from '../access/access.js';
import type { Caller } from '../access/caller.js';
import { CentreLists } from '../access/centre-lists.js';
import { Clock } from '../platform/clock.js';
import { Fault } from '../platform/fault.js';
import { DEPARTMENT_LISTS } from '../teams/department-list.rules.js';
import type { DepartmentSeen } from './department.rules.js';
import type { IncidentState } from './incident-step.js';

/** The departments that a step of an incident names. */
@Injectable()
export class IncidentDepartments {
  constructor(
    private readonly access: Access,
    private readonly clock: Clock,
    private readonly lists: CentreLists,
  ) {}

  /**
   * Those about to be sent are the holder's, by its list; of the others what the incident knows.
   * @throws Fault `department.unknown` for one that the holder does not have or that was not sent, `scope.denied` for
   * whoever only helps: they send no department of the holder's, and move their own alone
   */
  async seen(
    tx: EntityManager,
    state: IncidentState,
    { by, action, ids }: { by: Caller; action: IncidentAction; ids: readonly Id[] },
  ): Promise<DepartmentSeen[]> {
    if (ids.length === 0) return [];
    if (by.handheld) throw new Fault('department.unknown', { id: ids[0] });
    return action === 'dispatch' ? this.#toSend(tx, state, by, ids) : this.#sent(state, by, ids);
  }

  async #toSend(
    tx: EntityManager,
    { incident: { centre } }: IncidentState,
    by: Caller,
    ids: readonly Id[],
  ): Promise<DepartmentSeen[]> {
    if (!this.access.mayAct(by, centre)) throw new Fault('scope.denied', { seen: by.centre, wanted: centre });
    const known = await this.lists.held(tx, DEPARTMENT_LISTS, centre);
    return ids.map((id) => {
      const found = known.find((one) => one.id === id);
      if (!found) throw new Fault('department.unknown', { id, centre });
      return { id, centre, names: found.names, isOpen: found.open, assignment: this.clock.mint() };
    });
  }

  #sent({ incident, assignments }: IncidentState, by: Caller, ids: readonly Id[]): DepartmentSeen[] {
    const isHolder = this.access.mayAct(by, incident.centre);
    return ids.map((id) => {
      const sent = assignments.findLast(({ department }) => department?.id === id)?.department;
      if (!sent) throw new Fault('department.unknown', { id });
      if (!isHolder && !this.access.mayAct(by, sent.centre))
        throw new Fault('scope.denied', { department: id, wanted: 'a department of the own centre' });
      return { ...sent, isOpen: true, assignment: this.clock.mint() };
    });
  }
}
