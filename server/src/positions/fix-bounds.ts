import { Injectable } from '@nestjs/common';
import { FIX_HANDHELD_PAST_MS, FIX_IMPORT_PAST_MS, FIX_PAST_MS, FUTURE_TOLERANCE_MS } from '@app/shared';
import type { Caller } from '../access/caller.js';
import { CentreTree } from '../access/centre-tree.js';
import { Clock } from '../platform/clock.js';
import type { KnownDevice } from '../teams/device-book.js';
import type { FixContext } from './position.rules.js';
import { ShiftSpans, type Span } from './shift-spans.js';

/** Whether somebody may speak for a device. */
export type Reach = (device: KnownDevice) => boolean;

/** Of which times positions are taken from somebody. */
export interface FixTimes {
  /** How old they may be. */
  readonly pastMs: number;
  /** Of a crew's handheld: when its team was on shift. */
  readonly shifts?: readonly Span[] | undefined;
}

/** Of which devices and times the doors take positions from whom. */
@Injectable()
export class FixBounds {
  constructor(
    private readonly tree: CentreTree,
    private readonly clock: Clock,
    private readonly shifts: ShiftSpans,
  ) {}

  contextFor({ pastMs, shifts }: FixTimes): FixContext {
    const now = this.clock.now();
    return {
      receivedAt: now,
      latest: now + FUTURE_TOLERANCE_MS,
      earliest: now - pastMs,
      city: this.tree.root()?.bbox ?? undefined,
      shifts,
    };
  }

  /** One look-up for a batch of a crew's handheld, none for others. */
  async timesOf({ tokenScopes, handheld }: Caller): Promise<FixTimes> {
    if (!handheld) return { pastMs: tokenScopes.includes('import') ? FIX_IMPORT_PAST_MS : FIX_PAST_MS };
    const now = this.clock.now();
    const shifts = await this.shifts.of(handheld.team, { from: now - FIX_HANDHELD_PAST_MS, to: now });
    return { pastMs: FIX_HANDHELD_PAST_MS, shifts };
  }

  /**
   * Whether a caller may speak for a device: the one that its token was made for, a crew for the handhelds of its own
   * team, else any of its subtree but a crew's handheld.
   */
  reachOf(caller: Caller): Reach {
    if (caller.device !== null) return ({ id }) => id === caller.device;
    const { handheld } = caller;
    if (handheld) return ({ team, isHandheld }) => isHandheld && team === handheld.team;
    const seen = new Map<string, boolean>();
    return ({ centre, isHandheld }) => {
      if (isHandheld) return false;
      let isWithin = seen.get(centre);
      if (isWithin === undefined) seen.set(centre, (isWithin = this.tree.isWithin(centre, caller.centre)));
      return isWithin;
    };
  }
}
