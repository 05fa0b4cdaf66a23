import {
  type Centre,
  type CentreId,
  FIRST_CLOCK_RULES,
  FIRST_FLOW_RULES,
  FIRST_HOURS,
  FIRST_LIMITS,
} from '@app/shared';
import type { ClockBook } from '../clocks/clock-books.js';

/** What the rules must know of the tree of centres. */
export interface TreeView {
  get(id: CentreId): Pick<Centre, 'parent' | 'level' | 'closedAt'> | undefined;
  lineage(id: CentreId): readonly CentreId[];
  isWithin(id: CentreId, ancestor: CentreId): boolean;
  /** The centre and, where it is closed, whoever took its place. */
  heirs(id: CentreId): readonly CentreId[];
  commonAncestor(ids: readonly CentreId[]): CentreId | undefined;
}

/** What the city has decided, and how it is built: everything beside state and step by which the rules decide. */
export interface Rulebook extends ClockBook {
  readonly tree: TreeView;
}

/** Who stands in for a centre now: itself, or the last of those who took its place. */
export const heirOf = (tree: Pick<TreeView, 'heirs'>, centre: CentreId): CentreId =>
  tree.heirs(centre).at(-1) ?? centre;

/** What a city goes by that has decided nothing yet. */
export const firstBook = (tree: TreeView, timeZone: string): Rulebook => ({
  tree,
  clockRules: FIRST_CLOCK_RULES,
  calendar: { timeZone, days: new Map(), hours: FIRST_HOURS },
  limits: FIRST_LIMITS,
  flow: FIRST_FLOW_RULES,
});
