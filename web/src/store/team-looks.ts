import { type Mode, MODES, type TeamCard, type TeamStatus } from '@app/shared';
import { TEAM_GROUPS } from './tallies.js';

export type TeamGroup = keyof typeof TEAM_GROUPS | 'stale';

/** What a status looks like on map, legend and chart; a position without proof is grey whatever its status. */
export const TEAM_COLOUR = {
  free: '#9cc0e0',
  bound: '#f5b84a',
  there: '#55c2a6',
  backup: '#ff5d4d',
  away: '#66788a',
  stale: '#59646f',
} as const satisfies Record<TeamGroup, string>;
export const TEAM_GROUP_ORDER = Object.keys(TEAM_COLOUR) as TeamGroup[];

const GROUP_OF = new Map<TeamStatus, TeamGroup>(
  (Object.entries(TEAM_GROUPS) as [keyof typeof TEAM_GROUPS, readonly TeamStatus[]][]).flatMap(
    ([group, statuses]) => statuses.map((status) => [status, group] as const),
  ),
);
const groupOf = (status: TeamStatus): TeamGroup => GROUP_OF.get(status) ?? 'away';

const indexed = <K extends string>(keys: readonly K[]) =>
  Object.fromEntries(keys.map((key, index) => [key, index])) as Record<K, number>;
const SHAPE_INDEX: Record<Mode, number> = indexed(MODES);
export const GROUP_INDEX = indexed(TEAM_GROUP_ORDER);
export const HIDDEN = 255;

/** What shape and colour need of a card. */
export type TeamLook = Pick<TeamCard, 'id' | 'mode' | 'status'>;

/** Shape and colour of every slot, worked out again only when a team, a roster or what is shown has changed. */
export class TeamLooks {
  /** Index of the shape by slot, or `HIDDEN`: a team without a card yet, or one that is not asked for. */
  shapes = new Uint8Array(0);
  groups = new Uint8Array(0);
  readonly #looks = new Map<string, { readonly shape: number; readonly group: number }>();
  #only: ReadonlySet<string> | null = null;
  #slots: readonly (string | null)[] = [];
  #isOld = true;

  put(teams: Iterable<TeamLook>, gone: Iterable<string>): void {
    for (const id of gone) this.#looks.delete(id);
    for (const { id, mode, status } of teams)
      this.#looks.set(id, { shape: SHAPE_INDEX[mode], group: GROUP_INDEX[groupOf(status)] });
    this.#isOld = true;
  }

  clear(): void {
    this.#looks.clear();
    this.#isOld = true;
  }

  /** Only these are shown, or all. */
  show(only: ReadonlySet<string> | null): void {
    this.#only = only;
    this.#isOld = true;
  }

  useSlots(slots: readonly (string | null)[]): void {
    this.#slots = slots;
    this.#isOld = true;
  }

  renew(): void {
    if (!this.#isOld) return;
    this.#isOld = false;
    const { length } = this.#slots;
    if (this.shapes.length < length) {
      this.shapes = new Uint8Array(2 * length);
      this.groups = new Uint8Array(2 * length);
    }
    for (let slot = 0; slot < length; slot++) {
      const team = this.#slots[slot] ?? null;
      const isShown = team !== null && (!this.#only || this.#only.has(team));
      const look = isShown ? this.#looks.get(team) : undefined;
      this.shapes[slot] = look?.shape ?? HIDDEN;
      this.groups[slot] = look?.group ?? 0;
    }
  }
}
