import { useMemo } from 'react';
import { useWall } from '../../store/wall.store.js';
import { useText } from '../../ui/catalogue.js';
import { AlertItem } from './alert-item.js';
import { alertsForDesk } from './alert-order.js';
import './command.css';

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
