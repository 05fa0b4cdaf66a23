import {
  type AlertCard,
  type ClockStage,
  distanceM,
  ENDED_ALERT_STATES,
  ENDED_STATUSES,
  ENDED_STEPS,
  type DutyShiftCard,
  type InstructionCard,
  type IncidentCard,
  type Mode,
  reachMinutes,
  type Severity,
  type TeamCard,
  toMs,
  WAITING_INSTRUCTION_STATES,
} from '@app/shared';

/** How many things a wall names; the rest is a count. */
export const MOST_NAMED = 8;

export interface Goer {
  readonly team: string;
  readonly callSign: string | undefined;
  readonly isThere: boolean;
  readonly isOnTheWay: boolean;
  /** Since when on the scene, ms; undefined before, and where a later step has taken its place on the card. */
  readonly thereSince: number | undefined;
  /** Whole minutes by straight line, at least one; undefined without a position or speed. */
  readonly etaMinutes: number | undefined;
}

type Need =
  | { readonly why: 'overdue'; readonly stage: ClockStage; readonly incident: IncidentCard }
  | { readonly why: 'unaccepted'; readonly incident: IncidentCard }
  /** `lost`: call signs of all teams that are lost with the one that the alert is about. */
  | { readonly why: 'unanswered'; readonly alert: AlertCard; readonly lost?: readonly string[] };

/** Something that needs somebody. `waitingSince`: from when the wait counts, ms. */
export type Attention = Need & {
  readonly id: string;
  readonly severity: Severity;
  readonly waitingSince: number;
};

/**
 * Everything that needs somebody now, most urgent first: overdue, unaccepted or unanswered, by severity and then by
 * how long it waits. Nothing leaves because it is old. An incident is named once, even when its alert waits as well.
 */
export function attentionList(
  incidents: Iterable<IncidentCard>,
  alerts: Iterable<AlertCard>,
  now: number,
): Attention[] {
  const found: Attention[] = [];
  const named = new Set<string>();
  for (const incident of incidents) {
    const need = incidentNeed(incident, now);
    if (!need) continue;
    found.push(need);
    named.add(incident.id);
  }
  for (const alert of alerts) {
    const [about] = alert.incidents;
    const isNamed = alert.rule === 'clock' && about !== undefined && named.has(about);
    if (alert.state !== 'raised' || isNamed || isForDesk(alert)) continue;
    found.push({
      why: 'unanswered',
      alert,
      id: alert.id,
      severity: alert.severity,
      waitingSince: toMs(alert.since),
    });
  }
  return foldLost(found).sort(
    (a, b) => a.severity - b.severity || a.waitingSince - b.waitingSince || (a.id < b.id ? -1 : 1),
  );
}

/**
 * A deviation waits at the desks; a wall names only a crew that may need somebody: one that is not heard any more, or of
 * which its own liaison desk says so.
 */
const isForDesk = ({ deviation }: AlertCard): boolean =>
  deviation !== undefined &&
  deviation.answer !== 'help-wanted' &&
  (deviation.kind !== 'lost-contact' || deviation.asks !== undefined);

/** More teams than these are lost at once: that is one thing, a network or a gateway, and hides nothing else. */
const MOST_LOST = 3;

function foldLost(found: readonly Attention[]): Attention[] {
  const isLost = (item: Attention): item is Attention & { readonly why: 'unanswered' } =>
    item.why === 'unanswered' && item.alert.deviation?.kind === 'lost-contact' && !item.alert.deviation.asks;
  const lost = found.filter(isLost).sort((a, b) => a.waitingSince - b.waitingSince || (a.id < b.id ? -1 : 1));
  const [first] = lost;
  if (!first || lost.length <= MOST_LOST) return [...found];
  const callSigns = lost.map(({ alert }) => alert.deviation?.callSign ?? '').sort();
  return [...found.filter((item) => !isLost(item)), { ...first, lost: callSigns }];
}

/** Open incidents that need nobody now, as somebody has them in hand: gravest first, then the longest known. */
export function ongoingList(
  incidents: Iterable<IncidentCard>,
  waiting: readonly { readonly id: string }[],
): IncidentCard[] {
  const waits = new Set(waiting.map(({ id }) => id));
  return [...incidents]
    .filter(({ id, status }) => !waits.has(id) && !ENDED_STATUSES.includes(status))
    .sort((a, b) => a.severity - b.severity || toMs(a.since) - toMs(b.since) || (a.id < b.id ? -1 : 1));
}

/** Whether teams are still to be sent: later ones have had theirs, even when no team is bound any more. */
export const awaitsTeam = ({ status }: Pick<IncidentCard, 'status'>): boolean =>
  status === 'reported' || status === 'accepted';

function incidentNeed(incident: IncidentCard, now: number): Attention | undefined {
  const { id, severity, status, due, since } = incident;
  if (ENDED_STATUSES.includes(status)) return undefined;
  if (due && toMs(due.at) <= now)
    return { why: 'overdue', stage: due.stage, incident, id, severity, waitingSince: toMs(due.at) };
  if (status === 'reported') return { why: 'unaccepted', incident, id, severity, waitingSince: toMs(since) };
  return undefined;
}

/** Who is bound to an incident and when they arrive: those there first, then the nearest. */
export function goersOf(
  incident: IncidentCard,
  teams: ReadonlyMap<string, TeamCard>,
  places: ReadonlyMap<string, { readonly lng: number; readonly lat: number }>,
): Goer[] {
  return incident.teams
    .filter(({ step }) => !ENDED_STEPS.includes(step))
    .map(({ id, step, at }) => {
      const team = teams.get(id);
      const place = places.get(id);
      return {
        team: id,
        callSign: team?.callSign,
        isThere: step === 'arrived' || step === 'transporting' || step === 'delivered',
        isOnTheWay: step === 'departed' || step === 'acknowledged',
        thereSince: step === 'arrived' ? toMs(at) : undefined,
        etaMinutes: team && place ? etaMinutes(team.mode, place, incident) : undefined,
      };
    })
    .sort((a, b) => Number(b.isThere) - Number(a.isThere) || (a.etaMinutes ?? 999) - (b.etaMinutes ?? 999));
}

/** Straight-line estimate in whole minutes, at least one; undefined for what does not travel. */
export function etaMinutes(
  mode: Mode,
  from: { readonly lng: number; readonly lat: number },
  to: { readonly lng: number; readonly lat: number },
): number | undefined {
  return reachMinutes(mode, distanceM([from.lng, from.lat], [to.lng, to.lat])) ?? undefined;
}

/**
 * Alerts that a wall shows: not ended; those that wait for an answer before the others, what is unusual before clocks
 * (their incidents are in the ranked list already), then gravest and newest first.
 */
export function openAlerts(alerts: Iterable<AlertCard>): AlertCard[] {
  return [...alerts]
    .filter(({ state }) => !ENDED_ALERT_STATES.includes(state) && state !== 'shelved')
    .sort(
      (a, b) =>
        Number(b.state === 'raised') - Number(a.state === 'raised') ||
        Number(a.rule === 'clock') - Number(b.rule === 'clock') ||
        a.severity - b.severity ||
        toMs(b.since) - toMs(a.since),
    );
}

/** Instructions of one rank to a centre that it has still to sign for or to answer. */
export interface WaitingInstructions {
  readonly rank: InstructionRank;
  readonly unsigned: number;
  readonly unanswered: number;
  /** Of both. */
  readonly overdue: number;
  /** When the oldest of them was sent, ms since 1970: one that is not signed for where there is any. */
  readonly oldestAt: number;
}
const INSTRUCTION_RANKS = ['urgent', 'ordinary'] as const;
export type InstructionRank = (typeof INSTRUCTION_RANKS)[number];

export interface DutyWaits {
  /** By rank, the urgent first; a rank of which none waits is left out. */
  readonly instructions: readonly WaitingInstructions[];
  /** The shift at its desk should have been handed over. */
  readonly isLate: boolean;
  /** Since when, ms since 1970; null where it is not late. */
  readonly lateSince: number | null;
}

/** What needs somebody at the duty desk of one centre. */
export function dutyWaits(
  instructions: Iterable<InstructionCard>,
  shifts: Iterable<DutyShiftCard>,
  centre: string,
): DutyWaits {
  const waiting = [...instructions].filter(
    ({ to, state }) => to === centre && WAITING_INSTRUCTION_STATES.includes(state),
  );
  const late = [...shifts].find((shift) => shift.centre === centre && shift.overran);
  return {
    instructions: INSTRUCTION_RANKS.flatMap((rank) =>
      waitingOf(
        rank,
        waiting.filter(({ urgent }) => urgent === (rank === 'urgent')),
      ),
    ),
    isLate: late !== undefined,
    lateSince: late ? toMs(late.dueAt) : null,
  };
}

/** Urgent instructions to a centre that nobody there has signed for. */
export const unsignedUrgent = (instructions: Iterable<InstructionCard>, centre: string): string[] =>
  [...instructions].flatMap(({ id, to, state, urgent }) =>
    urgent && to === centre && state === 'sent' ? [id] : [],
  );

function waitingOf(rank: InstructionRank, cards: readonly InstructionCard[]): WaitingInstructions[] {
  if (cards.length === 0) return [];
  const unsigned = cards.filter(({ state }) => state === 'sent');
  const oldest = unsigned.length > 0 ? unsigned : cards;
  return [
    {
      rank,
      unsigned: unsigned.length,
      unanswered: cards.length - unsigned.length,
      overdue: cards.filter(({ overdue }) => overdue).length,
      oldestAt: Math.min(...oldest.map(({ sentAt }) => toMs(sentAt))),
    },
  ];
}
