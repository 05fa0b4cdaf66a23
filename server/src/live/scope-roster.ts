import { type Roster, type RosterChange, type RosterRuns, rosterRuns, type ScopeId } from '@app/shared';

/** One version of a scope's roster in the forms in which screens may want it; each is made when first asked for. */
export class ScopeRoster {
  #runs: Pick<RosterRuns, 'teams' | 'runs'> | undefined;

  constructor(readonly ids: Roster) {}

  /** For a screen that holds the scope's picture at this cursor, which must be the one that the roster is of. */
  runsAt(cursor: string): RosterRuns {
    const { scope, version, slots } = this.ids;
    this.#runs ??= rosterRuns(slots);
    return { scope, version, cursor, ...this.#runs };
  }
}

/** What a room is told when its roster has changed: all of it, or what changed. */
export interface RosterNews {
  readonly roster: ScopeRoster;
  readonly change: RosterChange;
}

/** What a screen without positions is told. */
export const nobody = (scope: ScopeId): ScopeRoster => new ScopeRoster({ scope, version: 0, slots: [] });
