import { ENDED_ALERT_STATES, toMs, type AlertCard } from '@app/shared';
import { useMemo } from 'react';
import { useWall } from '../../store/wall.store.js';
import { useText } from '../../ui/catalogue.js';
import { AlertItem } from './alert-item.js';

/** Alerts with their next steps: those that wait for an answer first, those put aside last. */
export function AlertDesk() {
  const text = useText();
  const alerts = useWall((wall) => wall.alerts);
  const isKnown = useWall((wall) => wall.isKnown);
  const shown = useMemo(() => alertsForDesk(alerts.values()), [alerts]);
  if (!isKnown) return <p className="panel-none">{text.state.none}</p>;
  return (
    <div className="queue" role="list" aria-label={text.wall.alerts}>
      {shown.length === 0 && <p className="panel-empty">{text.wall.alertsNone}</p>}
      {shown.map((alert) => (
        <AlertItem key={alert.id} alert={alert} />
      ))}
    </div>
  );
}

const PLACE = { raised: 0, acknowledged: 1, acting: 1, shelved: 2 } as const;

/** Alerts that have not ended: unanswered, answered, put aside; in each the gravest and oldest first. Pure. */
export function alertsForDesk(alerts: Iterable<AlertCard>): AlertCard[] {
  const placeOf = ({ state }: AlertCard): number => (state in PLACE ? PLACE[state as keyof typeof PLACE] : 3);
  return [...alerts]
    .filter(({ state }) => !ENDED_ALERT_STATES.includes(state))
    .sort((a, b) => placeOf(a) - placeOf(b) || a.severity - b.severity || toMs(a.since) - toMs(b.since));
}
