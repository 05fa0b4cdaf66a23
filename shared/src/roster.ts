// Which team each slot of a scope's frames is. In: the teams of its picture. Out: the whole list, or, for a screen that
// holds the same picture, runs over its team ids in order, some bytes instead of 37 for each team; later what changed.

/** The whole of it: slot → team. */
export interface Roster {
  readonly scope: string;
  readonly version: number;
  readonly slots: readonly (string | null)[];
}

/**
 * The same for a screen that holds the picture of `cursor`. `runs` are pairs: how many slots follow one another, and
 * the rank of the first one's team among the `teams` team ids of that picture in ascending order; the next slot has the
 * next rank. Rank −1: nobody has these slots.
 */
export interface RosterRuns {
  readonly scope: string;
  readonly version: number;
  readonly cursor: string;
  readonly teams: number;
  readonly runs: readonly number[];
}

/** What is other than in version `after`, and in any between: it may be taken by whoever holds one of those. */
export interface RosterChange {
  readonly scope: string;
  readonly version: number;
  readonly after: number;
  readonly changed: readonly (readonly [slot: number, team: string | null])[];
}

const NOBODY = -1;
/** No scope has as many teams; runs that ask for more are a mistake. */
const MOST_SLOTS = 10_000_000;

/** The slots as runs over their own teams in order. */
export function rosterRuns(slots: readonly (string | null)[]): Pick<RosterRuns, 'teams' | 'runs'> {
  const rankOf = new Map(inOrder(slots.filter((team) => team !== null)).map((team, rank) => [team, rank]));
  const runs: number[] = [];
  let [count, first, next] = [0, NOBODY, NOBODY];
  for (const team of slots) {
    const rank = team === null ? NOBODY : (rankOf.get(team) ?? NOBODY);
    if (count === 0 || rank !== next) {
      if (count > 0) runs.push(count, first);
      [count, first] = [0, rank];
    }
    count += 1;
    next = rank === NOBODY ? NOBODY : rank + 1;
  }
  if (count > 0) runs.push(count, first);
  return { teams: rankOf.size, runs };
}

/** The slots that runs over these teams mean; undefined when they are not runs over these teams. */
export function slotsOfRuns(
  { teams, runs }: Pick<RosterRuns, 'teams' | 'runs'>,
  ids: Iterable<string>,
): (string | null)[] | undefined {
  const sorted = inOrder([...ids]);
  if (sorted.length !== teams || runs.length % 2 !== 0) return undefined;
  const slots: (string | null)[] = [];
  for (let i = 0; i < runs.length; i += 2) {
    const [count = 0, first = NOBODY] = [runs[i], runs[i + 1]];
    const isWithin = first === NOBODY || (first >= 0 && first + count <= teams);
    if (!(count > 0) || !isWithin || slots.length + count > MOST_SLOTS) return undefined;
    for (let n = 0; n < count; n++) slots.push(first === NOBODY ? null : (sorted[first + n] ?? null));
  }
  return slots;
}

/** The roster after a change; undefined when the change is not one of this version. */
export function changedRoster(held: Roster, { version, after, changed }: RosterChange): Roster | undefined {
  if (held.version < after || held.version > version) return undefined;
  const slots = [...held.slots];
  for (const [slot, team] of changed) {
    while (slots.length < slot) slots.push(null);
    slots[slot] = team;
  }
  return { scope: held.scope, version, slots };
}

/** By code units, so that every language orders them alike: ids are lower case hexadecimal. */
const inOrder = (ids: string[]): string[] => ids.sort();

/**
 * Which team has which slot of one scope. A slot that is given back is assigned again only after the next keyframe
 * to the whole room, since until then encoder and screens still hold its former team's place.
 */
export class RosterBook {
  #version = 0;
  #waiting: number[] = [];
  readonly #changed = new Set<number>();
  readonly #slots: (string | null)[] = [];
  readonly #slotOf = new Map<string, number>();
  readonly #free: number[] = [];

  /** Rises by one with every change. */
  get version(): number {
    return this.#version;
  }

  /** Slot → team. It never shortens. */
  get slots(): readonly (string | null)[] {
    return this.#slots;
  }

  slotOf(team: string): number | undefined {
    return this.#slotOf.get(team);
  }

  /** The team's slot: the one it has, else a free one, else a new one at the end. */
  assign(team: string): number {
    const held = this.#slotOf.get(team);
    if (held !== undefined) return held;
    const slot = this.#free.pop() ?? this.#slots.length;
    this.#slots[slot] = team;
    this.#slotOf.set(team, slot);
    this.#changed.add(slot);
    this.#version++;
    return slot;
  }

  /** Takes the team's slot back; false when it had none. */
  release(team: string): boolean {
    const slot = this.#slotOf.get(team);
    if (slot === undefined) return false;
    this.#slots[slot] = null;
    this.#slotOf.delete(team);
    this.#waiting.push(slot);
    this.#changed.add(slot);
    this.#version++;
    return true;
  }

  /** The slots that have changed since the last call, with what they are now. */
  takeChanged(): [slot: number, team: string | null][] {
    const changed = [...this.#changed].map((slot): [number, string | null] => [
      slot,
      this.#slots[slot] ?? null,
    ]);
    this.#changed.clear();
    return changed;
  }

  /** A keyframe without the slots given back goes to the whole room: from now on they may be assigned. */
  onKeyframe(): void {
    this.#free.push(...this.#waiting);
    this.#waiting = [];
  }
}
