import { type AlertCard, ENDED_ALERT_STATES, toMs } from '@app/shared';

const PLACE = { raised: 0, acknowledged: 1, acting: 1, shelved: 2 } as const;

/** Alerts that have not ended: unanswered, answered, put aside; in each the gravest and oldest first. Pure. */
export function alertsForDesk(alerts: Iterable<AlertCard>): AlertCard[] {
  const placeOf = ({ state }: AlertCard): number => (state in PLACE ? PLACE[state as keyof typeof PLACE] : 3);
  return [...alerts]
    .filter(({ state }) => !ENDED_ALERT_STATES.includes(state))
    .sort((a, b) => placeOf(a) - placeOf(b) || a.severity - b.severity || toMs(a.since) - toMs(b.since));
}
