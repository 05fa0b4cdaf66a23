import { CONTACT_DEVIATIONS, type Deviation, type DeviationRule, distanceM } from '@app/shared';
import { type BeatGround, followBeat } from './off-beat.rules.js';
import { type Contact, contactFrom, heard, listen, lostSince } from './lost-contact.rules.js';
import { followSpeed } from './overspeed.rules.js';
import { followStanding, MOVING, type Standing } from './stationary.rules.js';
import { afterGap, CALM, type Patience, running, type Streak } from './streak.rules.js';

/** What is remembered of one team on shift. */
export interface TeamWatch {
  /** Fixes up to here have been seen, ms since 1970. */
  readonly readTo: number;
  readonly beat: Streak;
  readonly standing: Standing;
  readonly speed: Streak;
  readonly contact: Contact;
}

export interface SeenFix {
  readonly at: number;
  readonly lng: number;
  readonly lat: number;
  /** NaN where the device did not say. */
  readonly speedKmh: number;
}

/** How a team is judged now: by which rules, on which ground. A kind without a rule is not judged. */
export interface WatchTerms {
  readonly rules: Partial<Record<Deviation, DeviationRule>>;
  readonly ground: BeatGround;
  /** On an incident, resting, handing over: nothing but contact is asked of it. */
  readonly isExcused: boolean;
  /** Standing is its task. */
  readonly mayStand: boolean;
}

/** Longer than this between two fixes, and nobody knows what was in between. */
const GAP_MS = 120_000;
/** So far beyond the edge of a checkpoint one still stands at it. */
const AT_PLACE_M = 30;

/** A watch that begins at `at`; `open` says what was running already when somebody else watched. */
export function beginWatch(at: number, open: Partial<Record<Deviation, number>> = {}): TeamWatch {
  const streak = (from: number | undefined): Streak => (from === undefined ? CALM : running(from));
  const lost = open['lost-contact'];
  return {
    readTo: at,
    beat: streak(open['off-beat']),
    standing: { ...MOVING, streak: streak(open.stationary) },
    speed: streak(open.overspeed),
    contact: lost === undefined ? contactFrom(at) : lostSince(lost),
  };
}

/**
 * A watch that judges anew from `at`: fixes came late that say otherwise, or more, than those it was judged by. What is
 * known of contact stays; of what ran before `at` the fixes that showed it are not read again, so it runs on.
 */
export function rewind(watch: TeamWatch, at: number): TeamWatch {
  const kept = (streak: Streak): Streak =>
    streak.isOn && streak.from !== null && streak.from < at ? running(streak.from) : CALM;
  const standing = { ...MOVING, streak: kept(watch.standing.streak) };
  return {
    ...watch,
    readTo: Math.min(at, watch.readTo),
    beat: kept(watch.beat),
    standing,
    speed: kept(watch.speed),
  };
}

/** The watch after one fix; one that is not newer than those before changes nothing. */
export function watchFix(watch: TeamWatch, fix: SeenFix, terms: WatchTerms): TeamWatch {
  if (fix.at <= watch.readTo) return watch;
  const contact = heard(watch.contact, fix.at);
  if (terms.isExcused)
    return { ...watch, readTo: fix.at, contact, beat: CALM, standing: MOVING, speed: CALM };
  const isGap = fix.at - watch.readTo > GAP_MS;
  const known = isGap ? forget(watch) : watch;
  const { ground, mayStand } = terms;
  const { 'off-beat': offBeat, stationary, overspeed } = boundRules(terms);
  return {
    readTo: fix.at,
    contact,
    beat: offBeat ? followBeat(known.beat, fix, { ...offBeat, ground, marginM: offBeat.bound }) : CALM,
    standing: stationary
      ? followStanding(known.standing, fix, {
          ...stationary,
          radiusM: stationary.bound,
          isAllowed: mayStand || isAtPlace(ground, fix),
        })
      : MOVING,
    speed: overspeed ? followSpeed(known.speed, fix, { ...overspeed, limitKmh: overspeed.bound }) : CALM,
  };
}

/** The watch at `now`, whether anything came or not. */
export function watchSilence(watch: TeamWatch, now: number, terms: WatchTerms): TeamWatch {
  const calm = terms.isExcused ? { beat: CALM, standing: MOVING, speed: CALM } : {};
  const rule = patienceOf(terms.rules['lost-contact']);
  const contact = rule ? listen(watch.contact, now, rule) : contactFrom(watch.contact.lastAt);
  return { ...watch, ...calm, contact };
}

/** What is a deviation by a watch, and since when (ms since 1970). */
export function deviationsOf({
  beat,
  standing,
  speed,
  contact,
}: TeamWatch): Partial<Record<Deviation, number>> {
  const found: Partial<Record<Deviation, number>> = {};
  if (beat.isOn && beat.from !== null) found['off-beat'] = beat.from;
  if (standing.streak.isOn && standing.streak.from !== null) found.stationary = standing.streak.from;
  if (speed.isOn && speed.from !== null) found.overspeed = speed.from;
  if (contact.lostFrom !== null) found['lost-contact'] = contact.lostFrom;
  return found;
}

/**
 * The rules by which a team may be judged. What is not released precisely is not measured: a cell of a kilometre would
 * accuse, or tell, at random. Who is under a command of its own is only asked after when it is not heard any more.
 */
export function judgedBy(
  kinds: Partial<Record<Deviation, DeviationRule>>,
  { isPrecise, keepsFixes, isOwnCommand }: { isPrecise: boolean; keepsFixes: boolean; isOwnCommand: boolean },
): Partial<Record<Deviation, DeviationRule>> {
  const isLeft = (kind: Deviation): boolean =>
    CONTACT_DEVIATIONS.includes(kind) ? kind !== 'lost-contact' || keepsFixes : isPrecise && !isOwnCommand;
  const entries = Object.entries(kinds) as [Deviation, DeviationRule][];
  return Object.fromEntries(entries.filter(([kind]) => isLeft(kind)));
}

export function patienceOf(rule: DeviationRule | undefined): Patience | undefined {
  if (!rule || rule.afterS === null) return undefined;
  return { afterMs: rule.afterS * 1_000, clearMs: rule.clearS * 1_000 };
}

type Bound = Patience & { readonly bound: number };
function boundRules({ rules }: WatchTerms): Partial<Record<Deviation, Bound>> {
  const bound: Partial<Record<Deviation, Bound>> = {};
  for (const kind of ['off-beat', 'stationary', 'overspeed'] as const) {
    const patience = patienceOf(rules[kind]);
    const limit = rules[kind]?.bound ?? null;
    if (patience && limit !== null) bound[kind] = { ...patience, bound: limit };
  }
  return bound;
}

/** What has not counted by now is begun anew. */
function forget(watch: TeamWatch): TeamWatch {
  const streak = afterGap(watch.standing.streak);
  return {
    ...watch,
    beat: afterGap(watch.beat),
    speed: afterGap(watch.speed),
    standing: streak.isOn ? watch.standing : MOVING,
  };
}

const isAtPlace = ({ places }: BeatGround, { lng, lat }: SeenFix): boolean =>
  places.some((place) => distanceM([place.lng, place.lat], [lng, lat]) <= place.radiusM + AT_PLACE_M);
