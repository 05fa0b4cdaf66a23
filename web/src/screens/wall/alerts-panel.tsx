import { type AlertCard, toMs } from '@app/shared';
import { useMemo } from 'react';
import { useCentreName, useInstallation } from '../../link/installation.js';
import { openAlerts } from '../../store/attention.js';
import { useWall } from '../../store/wall.store.js';
import { useText } from '../../ui/catalogue.js';
import { Panel } from '../../ui/panel.js';
import { SeverityMark } from '../../ui/severity-mark.js';
import { ageText, momentText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';
import { AnswerText } from './answer-text.js';
import { useAlertSentence } from './use-alert-sentence.js';
import { usePictureState } from './use-panel-state.js';

const MOST_CARDS = 3;

/** Risk alerts as cards; a click shows exactly one alert's incidents on the map with the free teams near them. */
export function AlertsPanel() {
  const text = useText();
  const alerts = useWall((wall) => wall.alerts);
  const state = usePictureState();
  const open = useMemo(() => openAlerts(alerts.values()), [alerts]);
  const rest = open.length - MOST_CARDS;
  return (
    <Panel
      title={text.wall.alerts}
      className="alerts"
      corner={rest > 0 && <span className="panel-corner">{text.wall.alertsMore(rest)}</span>}
      {...state}
    >
      {open.length === 0 && <p className="panel-empty">{text.wall.alertsNone}</p>}
      {open.slice(0, MOST_CARDS).map((alert) => (
        <AlertCardView key={alert.id} alert={alert} />
      ))}
    </Panel>
  );
}

function AlertCardView({ alert }: { alert: AlertCard }) {
  const text = useText();
  const now = useNow();
  const { settings } = useInstallation();
  const centreName = useCentreName();
  const sentenceOf = useAlertSentence();
  const isSelected = useWall((wall) => wall.selection?.id === alert.id);
  const select = useWall((wall) => wall.select);
  const since = toMs(alert.since);
  return (
    <button
      type="button"
      className={`alert-card ${isSelected ? 'is-selected' : ''}`}
      aria-pressed={isSelected}
      onClick={() => select(isSelected ? undefined : { kind: 'alert', id: alert.id })}
    >
      <SeverityMark severity={alert.severity} size={2.25} />
      <span className="alert-main">
        <span className="alert-sentence">{sentenceOf(alert)}</span>
        <AnswerText deviation={alert.deviation} />
        <span className="alert-foot">
          {alert.clock && <span className="alert-place">{centreName(alert.centre)}</span>}
          <span>
            {text.wall.alertSince(momentText(since, now, settings.timeZone), ageText(now - since, text))}
          </span>
          <span className={alert.state === 'raised' ? 'is-raised' : ''}>{text.alertState[alert.state]}</span>
        </span>
      </span>
    </button>
  );
}
