import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Draft } from '../journal/journal.js';
import { IncidentHooks } from '../incidents/incident-hooks.js';
import { isSealed } from '../incidents/incident-redaction.js';
import { DutyShiftRepository } from './duty-shift.repository.js';

/** Handover sheets hold cards as they were: what those may no longer say, the sheets do not say either. */
@Injectable()
export class SheetRedaction implements OnModuleInit {
  constructor(
    private readonly hooks: IncidentHooks,
    private readonly shifts: DutyShiftRepository,
  ) {}

  onModuleInit(): void {
    this.hooks.onMoved(async (tx, before, { incident: { id, ...after } }): Promise<Draft[]> => {
      const patch = { category: 'other', place: null, masked: true };
      if (isSealed(before, after)) await this.shifts.scrub(tx, { list: 'incidents', id, patch });
      return [];
    });
    this.hooks.onErased(async (tx, id, { part, byHand }) => {
      // By time a sheet lets its own words go, no later than the incidents that were open on it.
      if (byHand && (part === 'all' || part === 'place'))
        await this.shifts.scrub(tx, { list: 'incidents', id, patch: { place: null } });
    });
  }
}
