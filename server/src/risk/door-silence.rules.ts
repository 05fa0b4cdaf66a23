import type { AlertId, CentreId, PositionDoor, ScopeId } from '@app/shared';
import { ALERT_FACTS, type AlertMoved } from './alert.rules.js';
import type { AlertRow } from './alert.table.js';

export const DOOR = {
  /** Nothing came through a door for so long: at the least patience of any team, nobody was called lost by then. */
  silentSeconds: 60,
  /** Who falls silent within so little time does not do so by itself: terminals report every 1 to 30 s. */
  togetherSeconds: 30,
  /** Who was not heard for so long before that is silent for a reason of its own. */
  aliveSeconds: 600,
  /** Fewer may well be in one underpass. */
  leastDevices: 5,
  leastTeams: 3,
  /** Of those that were alive, as many at least fell silent together. */
  leastShare: 0.5,
} as const;

/** A device of a team on shift, with the door it last spoke through; ms since 1970. */
export interface DoorSpeaker {
  readonly door: PositionDoor;
  readonly team: string;
  readonly home: CentreId;
  /** The liaison desk of the force that leads the team, where that has a command of its own. */
  readonly desk: ScopeId | undefined;
  readonly seenAt: number;
  readonly demo: boolean;
}

export interface SilentDoor {
  readonly door: PositionDoor;
  /** When anything was last heard through it. */
  readonly from: number;
  readonly speakers: readonly DoorSpeaker[];
}

/** Doors whose devices fell silent all at once: most of those that spoke through it, of several teams. */
export function silentDoors(speakers: readonly DoorSpeaker[], now: number): SilentDoor[] {
  const doors = [...new Set(speakers.map(({ door }) => door))];
  return doors.flatMap((door) => {
    const mine = speakers.filter((speaker) => speaker.door === door);
    const from = Math.max(...mine.map(({ seenAt }) => seenAt));
    if (now - from < DOOR.silentSeconds * 1_000) return [];
    const alive = mine.filter(({ seenAt }) => seenAt >= from - DOOR.aliveSeconds * 1_000);
    const together = alive.filter(({ seenAt }) => seenAt >= from - DOOR.togetherSeconds * 1_000);
    const isMany =
      together.length >= DOOR.leastDevices &&
      new Set(together.map(({ team }) => team)).size >= DOOR.leastTeams;
    return isMany && together.length >= DOOR.leastShare * alive.length
      ? [{ door, from, speakers: alive }]
      : [];
  });
}

interface Raised {
  readonly id: AlertId;
  /** The lowest centre above all homes of its teams, and where that is. */
  readonly centre: CentreId;
  readonly anchor: readonly [number, number];
  readonly now: number;
}

/**
 * One alert for the door, told to the homes of all its teams and to the desks of their forces. It names no team, and
 * stands at no place of one.
 */
export function raiseDoor(
  { door, from, speakers }: SilentDoor,
  { id, centre, anchor, now }: Raised,
): AlertMoved {
  const [lng, lat] = anchor;
  const next: AlertRow = {
    id,
    key: `door:${door}:${from}`,
    rule: 'door',
    category: 'infrastructure',
    severity: 2,
    state: 'raised',
    version: 1,
    since: now,
    stateAt: now,
    until: null,
    lastCaseAt: from,
    centre,
    parties: [...new Set([centre, ...speakers.map(({ home }) => home)])],
    others: [...new Set(speakers.flatMap(({ desk }) => desk ?? []))],
    grid: null,
    lng,
    lat,
    incidents: [],
    clock: null,
    surge: null,
    deviation: null,
    door: { door, from, to: null },
    seenBy: [],
    demo: speakers.every(({ demo }) => demo),
  };
  return { next, fact: ALERT_FACTS.raise };
}
