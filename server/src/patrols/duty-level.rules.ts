import {
  type DutyLevelCard,
  type DutyLevelDraft,
  type DutyLevelLift,
  type DutyLevelState,
  type EffectiveLevel,
  effectiveLevel,
  FUTURE_TOLERANCE_MS,
  type Id,
  LEVEL_TERMS,
  type LevelTerms,
  LONGEST_LEVEL_DAYS,
  toInstant,
  toMs,
} from '@app/shared';
import { accept, type Decision, refuse } from '../platform/decision.js';
import type { DutyLevelRow } from './duty-level.table.js';
import type { Span } from './visit-window.rules.js';

const DAY_MS = 86_400_000;

const DUTY_LEVEL_FACTS = {
  plan: 'duty-level.planned',
  begin: 'duty-level.raised',
  end: 'duty-level.ended',
  lift: 'duty-level.lifted',
} as const;

/** The next state of a level without its audience. */
export interface DutyLevelMoved {
  readonly next: DutyLevelRow;
  readonly fact: (typeof DUTY_LEVEL_FACTS)[keyof typeof DUTY_LEVEL_FACTS];
}

export interface SetBy {
  readonly id: Id;
  readonly account: Id;
  readonly name: string;
  readonly now: number;
}

export const isStanding = ({ state }: Pick<DutyLevelRow, 'state'>): boolean =>
  state === 'planned' || state === 'active';

/** A level as a commander sets it: at once unless a later start is told, and never without an end. */
export function setLevel(draft: DutyLevelDraft, { id, account, name, now }: SetBy): Decision<DutyLevelMoved> {
  const { centre, level, reason } = draft;
  const from = draft.from === undefined ? now : toMs(draft.from);
  const to = toMs(draft.to);
  const latest = from + LONGEST_LEVEL_DAYS * DAY_MS;
  if (from < now - FUTURE_TOLERANCE_MS) return refuse('time.past', { field: 'from', now: toInstant(now) });
  if (to <= Math.max(from, now)) return refuse('time.past', { field: 'to', seen: draft.to });
  if (to > latest) return refuse('time.future', { field: 'to', seen: draft.to, wanted: toInstant(latest) });
  const isNow = from <= now;
  const next: DutyLevelRow = {
    id,
    centre,
    level,
    terms: level === 4 ? (draft.terms ?? LEVEL_TERMS[3]) : LEVEL_TERMS[level],
    state: isNow ? 'active' : 'planned',
    version: 1,
    from,
    to,
    reason,
    liftReason: null,
    byAccount: account,
    byName: name,
    endedAt: null,
    seenBy: [],
  };
  return accept({ next, fact: isNow ? DUTY_LEVEL_FACTS.begin : DUTY_LEVEL_FACTS.plan });
}

/** Its start has come; undefined when it no longer waits for it. */
export function beginLevel(level: DutyLevelRow): DutyLevelMoved | undefined {
  return level.state === 'planned' ? moved(level, 'active', 'begin') : undefined;
}

/** Its end has come: whatever it changed is undone with it. Undefined when it has ended before. */
export function endLevel(level: DutyLevelRow, now: number): DutyLevelMoved | undefined {
  return isStanding(level) ? ended(level, 'ended', now) : undefined;
}

/** A commander ends it before its time, and says why. */
export function liftLevel(
  level: DutyLevelRow,
  { version, reason }: DutyLevelLift,
  now: number,
): Decision<DutyLevelMoved> {
  if (level.version !== version)
    return refuse('duty-level.stale', { seen: version, current: dutyLevelCard(level) });
  if (!isStanding(level)) return refuse('duty-level.ended', { id: level.id, state: level.state });
  return accept(ended({ ...level, liftReason: reason }, 'lifted', now));
}

const moved = (
  level: DutyLevelRow,
  state: DutyLevelState,
  fact: keyof typeof DUTY_LEVEL_FACTS,
): DutyLevelMoved => ({
  next: { ...level, state, version: level.version + 1 },
  fact: DUTY_LEVEL_FACTS[fact],
});

function ended(level: DutyLevelRow, state: 'ended' | 'lifted', now: number): DutyLevelMoved {
  const { next, fact } = moved(level, state, state === 'ended' ? 'end' : 'lift');
  return { next: { ...next, endedAt: now }, fact };
}

/** The level that holds at an instant (ms since 1970) if nobody sets or lifts another before. */
export const levelAt = (
  lineage: readonly Id[],
  levels: Iterable<DutyLevelCard>,
  at: number,
): EffectiveLevel =>
  effectiveLevel(
    lineage,
    [...levels].flatMap((level) =>
      toMs(level.from) <= at && at < toMs(level.to) ? { ...level, state: 'active' as const } : [],
    ),
  );

/** The terms of a span, in order, cut wherever a level begins or ends in it. */
export function termsIn(
  lineage: readonly Id[],
  levels: readonly DutyLevelCard[],
  { from, to }: Span,
): (Span & { readonly terms: LevelTerms })[] {
  const turns = levels
    .filter(({ centre }) => lineage.includes(centre))
    .flatMap((level) => [toMs(level.from), toMs(level.to)])
    .filter((at) => at > from && at < to);
  const edges = [...new Set([from, ...turns, to])].sort((a, b) => a - b);
  return edges
    .slice(0, -1)
    .map((at, i) => ({ from: at, to: edges[i + 1] ?? to, terms: levelAt(lineage, levels, at).terms }));
}

/** What everybody whom it binds may know of it. */
export const dutyLevelCard = (row: DutyLevelRow): DutyLevelCard => ({
  id: row.id,
  centre: row.centre,
  level: row.level,
  terms: row.terms,
  state: row.state,
  version: row.version,
  from: toInstant(row.from),
  to: toInstant(row.to),
});
