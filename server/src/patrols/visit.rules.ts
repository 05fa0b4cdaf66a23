import type { Force, Id, Mode, VisitFlag, VisitRefusal, VisitState } from '@app/shared';
import { isOnePocket, refusalOf } from './spoof.js';
import { type CheckedIn, isCodeOnly, placeDoubtOf } from './check-in.rules.js';
import { joinStays, SILENCE_MS, type Stay, staysIn, type TrackFix, type VisitArea } from './stays.js';
import type { Span } from './visit-window.rules.js';

/** Two forces that were there together for so long met; less than this is passing by. */
const TOGETHER_MS = 30_000;
/** Whoever is gone again sooner only passed: nobody stopped there, so there is no visit that is too short. */
const PASSING_MS = 30_000;
/** A check-in so near to a stay, or to another check-in, belongs to the same time there. */
const SAME_MS = 900_000;

interface DeviceTrack {
  /** In order of time. */
  readonly fixes: readonly TrackFix[];
  /** What the device told around the same hours on days before. */
  readonly before: readonly TrackFix[];
}

/** Another team that brings a force which the checkpoint asks for. */
interface Companion {
  readonly forces: readonly Force[];
  readonly fixes: readonly TrackFix[];
}

export interface JudgedPoint extends VisitArea {
  readonly checkpoint: Id;
  readonly isGpsBlind?: boolean;
  readonly dwellS: number;
  readonly wanted: readonly Force[];
}

/** What a check-in was found to be: null where nothing speaks against it. */
export type PlaceDoubts = ReadonlyMap<string, 'place' | 'unproven' | null>;

/** All that a judgement of a team at a checkpoint rests on. */
export interface Evidence {
  readonly mode: Mode;
  readonly forces: readonly Force[];
  readonly tracks: readonly DeviceTrack[];
  readonly companions: readonly Companion[];
  readonly checkIns: readonly CheckedIn[];
}

/** What shows a time there: stored fixes, or a check-in by code. */
export type VisitProof = 'dwell' | 'code';

/** A time that the team was at a checkpoint, whether it counts or not. */
export interface Found extends Stay {
  readonly isLong: boolean;
  readonly refusal: VisitRefusal | null;
  readonly forces: readonly Force[];
  readonly isTogether: boolean;
  readonly proof: VisitProof;
  /** A check-in that is not believed. */
  readonly isDoubted?: true;
  /** A check-in by a printed code, with no position of the team about then. */
  readonly isCodeOnly?: true;
  /** The last fix of a device lies in it: it may go on. */
  readonly isOpen?: true;
}

/** Every time that a team was at a checkpoint. Stays that are believed are joined over its devices. */
export function foundAt(point: JudgedPoint, evidence: Evidence): Found[] {
  const long = ({ from, to }: Stay) => to - from >= point.dwellS * 1000;
  const isOpen = ({ to }: Stay) => evidence.tracks.some(({ fixes }) => fixes.at(-1)?.at === to);
  const believed: Stay[] = [];
  const found: Found[] = [];
  const alone = { forces: evidence.forces, isTogether: lacking(point, evidence.forces).length === 0 };
  for (const { fixes, before } of evidence.tracks)
    for (const stay of staysIn(fixes, point)) {
      const suspect = { fixes, before, mode: evidence.mode };
      const refusal = long(stay) ? refusalOf(suspect, stay) : null;
      if (refusal === null) believed.push(stay);
      else found.push({ ...stay, isLong: true, refusal, proof: 'dwell', ...alone });
    }
  for (const stay of joinStays(believed)) {
    const company = companyAt(point, evidence, stay);
    found.push({
      ...stay,
      isLong: long(stay),
      proof: 'dwell',
      ...company,
      ...(isOpen(stay) && { isOpen: true }),
    });
  }
  return withCheckIns(point, evidence, found).sort((a, b) => a.from - b.from);
}

/** What stored positions say of each check-in at a checkpoint. */
export function doubtsAt(point: JudgedPoint, { tracks, checkIns }: Evidence): PlaceDoubts {
  const here = checkIns.filter(({ checkpoint }) => checkpoint === point.checkpoint);
  const fixes = here.length === 0 ? [] : tracks.flatMap((track) => track.fixes);
  return new Map(here.map((one) => [one.id, one.doubt === null ? placeDoubtOf(one, point, fixes) : null]));
}

/**
 * Where positions are blind, a check-in that nothing speaks against is a visit by itself; with a stay at the same time
 * it is one visit, and makes up for what the stay lacks in length.
 */
function withCheckIns(point: JudgedPoint, evidence: Evidence, found: readonly Found[]): Found[] {
  if (!point.isGpsBlind) return [...found];
  const doubts = doubtsAt(point, evidence);
  const fixes = evidence.tracks.flatMap((track) => track.fixes);
  const all = [...found];
  const here = evidence.checkIns.filter(({ checkpoint }) => checkpoint === point.checkpoint);
  for (const one of here.toSorted((a, b) => a.claimedAt - b.claimedAt)) {
    const { id, claimedAt: at, doubt } = one;
    const isDoubted = doubt !== null || doubts.get(id) !== null;
    const there = { from: at, to: at, refusal: null, forces: evidence.forces };
    const unplaced = isCodeOnly(one, point, fixes) && ({ isCodeOnly: true } as const);
    const isTogether = lacking(point, evidence.forces).length === 0;
    const same = all.findIndex(
      (one) => !one.isDoubted && one.refusal === null && one.from - SAME_MS <= at && at <= one.to + SAME_MS,
    );
    const met = all[same];
    if (isDoubted) all.push({ ...there, isLong: false, isTogether, proof: 'code', isDoubted });
    else if (!met) all.push({ ...there, isLong: true, isTogether, proof: 'code', ...unplaced });
    else if (!met.isLong || met.proof === 'code') {
      const { isCodeOnly: wasUnplaced, ...rest } = met;
      const [from, to] = [Math.min(met.from, at), Math.max(met.to, at)];
      all[same] = { ...rest, isLong: true, proof: 'code', from, to, ...(wasUnplaced && unplaced) };
    }
  }
  return all;
}

const lacking = ({ wanted }: JudgedPoint, forces: readonly Force[]): Force[] =>
  wanted.filter((force) => !forces.includes(force));

/** Which forces were there during a stay, and whether one of them only travels in another's pocket. */
function companyAt(
  point: JudgedPoint,
  { forces: own, tracks, companions }: Evidence,
  stay: Stay,
): Pick<Found, 'refusal' | 'forces' | 'isTogether'> {
  const forces = new Set(own);
  let isPocket = false;
  for (const companion of companions) {
    if (!lacking(point, own).some((force) => companion.forces.includes(force))) continue;
    const isThere = staysIn(companion.fixes, point).some(
      ({ from, to }) => Math.min(to, stay.to) - Math.max(from, stay.from) >= TOGETHER_MS,
    );
    if (!isThere) continue;
    if (tracks.some(({ fixes }) => isOnePocket(fixes, companion.fixes, stay))) isPocket = true;
    else for (const force of companion.forces) forces.add(force);
  }
  const isTogether = lacking(point, [...forces]).length === 0;
  return { forces: [...forces], isTogether, refusal: isPocket && !isTogether ? 'pocket' : null };
}

/** A visit that is owed. `round` and `place`: which time round, and where in the order of the plan. */
export interface Owed extends Span {
  readonly id: string;
  readonly plan: Id;
  readonly round: number;
  readonly place: number;
}

export interface Verdict {
  readonly state: VisitState;
  readonly flags: readonly VisitFlag[];
  readonly refusal: VisitRefusal | null;
  readonly proof: VisitProof | null;
  readonly from: number | null;
  readonly to: number | null;
  readonly forces: readonly Force[];
}

const counts = ({ isLong, refusal, isTogether }: Found): boolean => isLong && refusal === null && isTogether;

/**
 * Deals the times at one checkpoint out to the visits owed there, each to one. A time that counts goes to the window
 * that it began in; where that one has its visit already, it makes up for the last one missed, late. `now`: by the
 * server's clock a window that is over and empty is missed.
 */
export function judge(owed: readonly Owed[], found: readonly Found[], now: number): Map<string, Verdict> {
  const given = new Map<string, { found: Found; isLate: boolean }>();
  for (const one of found.filter(counts)) {
    const free = owed.filter(({ id, from }) => !given.has(id) && from <= one.from);
    const own = latest(free.filter(({ to }) => one.from < to));
    const missed = own ?? latest(free);
    if (missed) given.set(missed.id, { found: one, isLate: own === undefined });
  }
  return new Map(owed.map((one) => [one.id, verdictOf(one, given.get(one.id), found, now)]));
}

const latest = (owed: readonly Owed[]): Owed | undefined =>
  owed.reduce<Owed | undefined>((best, one) => (!best || one.from > best.from ? one : best), undefined);

function verdictOf(
  { from, to }: Owed,
  given: { found: Found; isLate: boolean } | undefined,
  found: readonly Found[],
  now: number,
): Verdict {
  if (given) {
    const { found: visit, isLate } = given;
    const flags: VisitFlag[] = [
      ...(isLate ? (['late'] as const) : []),
      ...(visit.isCodeOnly ? (['code-only'] as const) : []),
    ];
    const there = { from: visit.from, to: visit.to, forces: visit.forces };
    return { state: 'done', flags, refusal: null, proof: visit.proof, ...there };
  }
  const goesOn = (one: Found) => one.isOpen === true && now - one.to <= SILENCE_MS;
  const isTry = (one: Found) => one.isLong || one.isDoubted || one.to - one.from >= PASSING_MS || goesOn(one);
  const tries = found.filter((one) => one.from >= from && one.from < to && !counts(one) && isTry(one));
  const refused = tries.find(({ refusal }) => refusal !== null);
  const alone = tries.find(({ isLong, isTogether }) => isLong && !isTogether);
  const best = refused ?? alone ?? tries.findLast(({ isDoubted }) => !isDoubted);
  const state = refused ? 'refused' : now >= to ? 'missed' : 'due';
  const doubted: VisitFlag[] = tries.some(({ isDoubted }) => isDoubted) ? ['code-doubted'] : [];
  const lack: VisitFlag[] = refused || !best ? [] : alone ? ['alone'] : goesOn(best) ? [] : ['short'];
  const flags = [...lack, ...doubted];
  const there = { from: best?.from ?? null, to: best?.to ?? null, forces: best?.forces ?? [] };
  return { state, flags, refusal: refused?.refusal ?? null, proof: null, ...there };
}

/** In plans of fixed order: marks what was made before something that comes first in the same round of its plan. */
export function markOrder(owed: readonly Owed[], verdicts: Map<string, Verdict>): Map<string, Verdict> {
  return new Map(
    owed.map((one): [string, Verdict] => {
      const verdict = verdicts.get(one.id);
      if (!verdict) throw new RangeError(`a verdict wanted on ${one.id}, none seen`);
      const isEarly =
        verdict.state === 'done' &&
        owed.some(({ id, plan, round, place }) => {
          const isFirst = plan === one.plan && round === one.round && place < one.place;
          const before = isFirst ? verdicts.get(id) : undefined;
          return before !== undefined && !(before.state === 'done' && isUpTo(before.from, verdict.from));
        });
      return [one.id, isEarly ? { ...verdict, flags: [...verdict.flags, 'out-of-order'] } : verdict];
    }),
  );
}

const isUpTo = (a: number | null, b: number | null): boolean => a !== null && b !== null && a <= b;
