/**
 * Which team has which slot of one scope. A slot that is given back is assigned again only after the next keyframe
 * to the whole room, since until then encoder and screens still hold its former team's place.
 */
export class RosterBook {
  #version = 0;
  #waiting: number[] = [];
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
    this.#version++;
    return true;
  }

  /** A keyframe without the slots given back goes to the whole room: from now on they may be assigned. */
  onKeyframe(): void {
    this.#free.push(...this.#waiting);
    this.#waiting = [];
  }
}
