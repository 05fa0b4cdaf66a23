import {
  type AccountId,
  coarsen,
  type Id,
  type PositionRelease,
  type Sos,
  type SosCard,
  type SosOutcome,
  toInstant,
} from '@app/shared';
import { accept, type Decision, refuse } from '../platform/decision.js';
import type { SosRow } from './sos.table.js';
import type { TeamRow } from './team.table.js';

/** Where somebody was, WGS 84, and when that was true (ms since 1970). */
export interface SosPlace {
  readonly lng: number;
  readonly lat: number;
  readonly observedAt: number;
}

export interface SosCall {
  /** For a new one. */
  readonly id: Id;
  readonly observedAt: number;
  readonly recordedAt: number;
  readonly place: SosPlace | undefined;
}

export interface SosMoved {
  readonly fact: 'sos.called' | 'sos.pressed' | 'sos.answered' | 'sos.ended' | 'sos.sealed';
  readonly next: SosRow;
}

/** Nobody's deed: it follows its team. */
export interface SosShared {
  readonly fact: 'sos.shared';
  readonly next: SosRow;
}

type SosTeam = Pick<TeamRow, 'id' | 'callSign' | 'centre' | 'seenBy'>;

/** A team calls: a new call, or one more press of the call that is open. */
export function callSos(open: SosRow | null, team: SosTeam, call: SosCall): SosMoved {
  const { place, ...when } = call;
  const placed = place && { lng: place.lng, lat: place.lat, placedAt: place.observedAt };
  if (open) {
    const isNewer = placed !== undefined && placed.placedAt > (open.placedAt ?? -Infinity);
    const next = {
      ...open,
      ...(isNewer ? placed : {}),
      presses: open.presses + 1,
      version: open.version + 1,
    };
    return { fact: 'sos.pressed', next: { ...next, seenBy: team.seenBy } };
  }
  return {
    fact: 'sos.called',
    next: {
      ...when,
      ...(placed ?? { lng: null, lat: null, placedAt: null }),
      team: team.id,
      callSign: team.callSign,
      centre: team.centre,
      seenBy: team.seenBy,
      state: 'calling',
      version: 1,
      presses: 1,
      answeredAt: null,
      answeredBy: null,
      endedAt: null,
      endedBy: null,
      outcome: null,
    },
  };
}

interface SosStep {
  readonly version: number;
  readonly by: AccountId;
  readonly at: number;
}

/** Somebody has taken it up. A press that came meanwhile is no reason to refuse that; somebody else's answer is. */
export function answerSos(sos: SosRow, { by, at }: Omit<SosStep, 'version'>): Decision<SosMoved> {
  if (sos.state === 'ended') return refuse('sos.ended', { outcome: sos.outcome });
  if (sos.state === 'answered') return refuse('sos.stale', { state: sos.state });
  const next = {
    ...sos,
    state: 'answered' as const,
    answeredAt: at,
    answeredBy: by,
    version: sos.version + 1,
  };
  return accept({ fact: 'sos.answered', next });
}

/** Over, says a person who has seen the last press: one that came meanwhile is looked at first. */
export function endSos(
  sos: SosRow,
  { version, by, at, outcome }: SosStep & { readonly outcome: SosOutcome },
): Decision<SosMoved> {
  if (sos.state === 'ended') return refuse('sos.ended', { outcome: sos.outcome });
  if (version !== sos.version) return refuse('sos.stale', { seen: version, wanted: sos.version });
  const next = { ...sos, state: 'ended' as const, endedAt: at, endedBy: by, outcome, version: version + 1 };
  return accept({ fact: 'sos.ended', next });
}

/** An open call whose team others see by now: they see it too, and who no longer sees the team does not. */
export const shareSos = (sos: SosRow, seenBy: SosRow['seenBy']): SosShared => ({
  fact: 'sos.shared',
  next: { ...sos, seenBy, version: sos.version + 1 },
});

/** An ended call of a team whose places are not released: what was shown for help's sake is coarse again, or gone. */
export function sealSos({ next }: SosMoved, grain: PositionRelease): SosMoved {
  const { lng, lat } = next;
  if (grain === 'on-request' || lng === null || lat === null)
    return { fact: 'sos.sealed', next: { ...next, lng: null, lat: null, placedAt: null } };
  const [coarseLng, coarseLat] = coarsen([lng, lat]);
  return { fact: 'sos.sealed', next: { ...next, lng: coarseLng, lat: coarseLat } };
}

/** What everybody sees of one that is open; null when it has ended. */
export function sosCard(sos: SosRow): SosCard | null {
  const { id, team, callSign, centre, state, version, presses } = sos;
  if (state === 'ended') return null;
  return {
    id,
    team,
    callSign,
    centre,
    state,
    version,
    presses,
    at: toInstant(sos.observedAt),
    place: placeOf(sos),
  };
}

export function sosView(sos: SosRow, mayStep: boolean): Sos {
  const { id, team, callSign, centre, state, version, presses, outcome } = sos;
  const instant = (ms: number | null) => (ms === null ? null : toInstant(ms));
  return {
    id,
    team,
    callSign,
    centre,
    state,
    version,
    presses,
    outcome,
    at: toInstant(sos.observedAt),
    place: placeOf(sos),
    recordedAt: toInstant(sos.recordedAt),
    answeredAt: instant(sos.answeredAt),
    endedAt: instant(sos.endedAt),
    mayStep: mayStep && state !== 'ended',
  };
}

export const placeOf = ({ lng, lat, placedAt }: SosRow): Sos['place'] =>
  lng === null || lat === null || placedAt === null ? null : { lng, lat, observedAt: toInstant(placedAt) };
