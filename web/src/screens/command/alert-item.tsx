import { ALERT_FLOW, type AlertAction, type AlertCard, toInstant, toMs } from '@app/shared';
import { useState } from 'react';
import { HttpFault } from '../../link/http.js';
import { stepAlert } from '../../link/alerts.js';
import { useInstallation } from '../../link/installation.js';
import { useWall } from '../../store/wall.store.js';
import { useText } from '../../ui/catalogue.js';
import { SeverityMark } from '../../ui/severity-mark.js';
import { ageText, momentText, spanText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';
import { FaultNote } from '../desk/fault-note.js';
import { ReasonField } from '../desk/reason-field.js';
import { useAlertSentence } from '../wall/use-alert-sentence.js';
import { LiaisonAnswer } from './liaison-answer.js';

const HOUR_MS = 3_600_000;
/** For how long an alert may be put aside. */
const SHELVES_MS = [HOUR_MS / 2, HOUR_MS, 2 * HOUR_MS, 4 * HOUR_MS, 8 * HOUR_MS, 12 * HOUR_MS] as const;
const WANTS_REASON: readonly AlertAction[] = ['shelve', 'dismiss'];

/** One alert: its sentence, its state, and the legal next steps; those that must say why ask for it first. */
export function AlertItem({ alert }: { alert: AlertCard }) {
  const text = useText();
  const now = useNow();
  const { settings } = useInstallation();
  const sentenceOf = useAlertSentence();
  const isSelected = useWall((wall) => wall.selection?.id === alert.id);
  const select = useWall((wall) => wall.select);
  const { asked, fault, isBusy, take, ask, forgive } = useAlertSteps(alert);
  const actions = Object.keys(ALERT_FLOW[alert.state]) as AlertAction[];
  const since = toMs(alert.since);
  const state =
    alert.state === 'shelved' && alert.until !== null
      ? text.desk.shelvedUntil(momentText(toMs(alert.until), now, settings.timeZone))
      : text.alertState[alert.state];
  return (
    <div role="listitem" className={`alert-item ${isSelected ? 'is-selected' : ''}`}>
      <button
        type="button"
        className="alert-item-head"
        aria-pressed={isSelected}
        title={text.desk.showOnMap}
        onClick={() => select(isSelected ? undefined : { kind: 'alert', id: alert.id })}
      >
        <SeverityMark severity={alert.severity} size={1.875} />
        <span className="queue-main">
          <span>{sentenceOf(alert)}</span>
          <LiaisonAnswer alert={alert} />
          <span className="queue-foot">
            <span className={alert.state === 'raised' ? 'is-raised' : 'soft'}>{state}</span>
            <span className="soft">
              {text.wall.alertSince(momentText(since, now, settings.timeZone), ageText(now - since, text))}
            </span>
          </span>
        </span>
      </button>
      <div className="alert-item-acts">
        {alert.deviation && <OpenTeam team={alert.deviation.team} />}
        {actions.map((action) => (
          <button
            key={action}
            type="button"
            className="button"
            disabled={isBusy}
            aria-expanded={asked === action}
            onClick={() => (WANTS_REASON.includes(action) ? ask(action) : void take(action))}
          >
            {text.alertAction[action]}
          </button>
        ))}
      </div>
      {asked && <AlertWhy action={asked} isBusy={isBusy} onTake={take} onCancel={() => ask(undefined)} />}
      <FaultNote fault={fault} onClose={forgive} />
      {fault instanceof HttpFault && fault.code === 'alert.stale' && (
        <p className="soft">{text.desk.staleNow(text.alertState[alert.state])}</p>
      )}
    </div>
  );
}

/** Whom it is about: the sheet of the team, with what can be said to it. */
function OpenTeam({ team }: { team: string }) {
  const text = useText();
  const select = useWall((wall) => wall.select);
  return (
    <button type="button" className="button" onClick={() => select({ kind: 'team', id: team })}>
      {text.patrol.openTeam}
    </button>
  );
}

type Take = (action: AlertAction, given?: { reason?: string; until?: string }) => Promise<void>;

function useAlertSteps({ id, version }: AlertCard) {
  const [asked, ask] = useState<AlertAction>();
  const [fault, setFault] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const take: Take = async (action, given = {}) => {
    setBusy(true);
    setFault(undefined);
    try {
      await stepAlert(id, action, { version, ...given });
      ask(undefined);
    } catch (cause) {
      setFault(cause);
    } finally {
      setBusy(false);
    }
  };
  return { asked, fault, isBusy, take, ask, forgive: () => setFault(undefined) };
}

interface AlertWhyProps {
  readonly action: AlertAction;
  readonly isBusy: boolean;
  readonly onTake: Take;
  readonly onCancel: () => void;
}

function AlertWhy({ action, isBusy, onTake, onCancel }: AlertWhyProps) {
  const text = useText();
  const now = useNow();
  const [reason, setReason] = useState('');
  const [shelfMs, setShelfMs] = useState<number>(HOUR_MS);
  return (
    <form
      className="acts-row alert-why"
      onSubmit={(event) => {
        event.preventDefault();
        const until = action === 'shelve' ? { until: toInstant(now + shelfMs) } : {};
        void onTake(action, { reason: reason.trim(), ...until });
      }}
    >
      {action === 'shelve' && (
        <select
          className="button"
          value={shelfMs}
          aria-label={text.desk.shelveFor}
          onChange={({ target }) => setShelfMs(Number(target.value))}
        >
          {SHELVES_MS.map((ms) => (
            <option key={ms} value={ms}>
              {spanText(ms, text)}
            </option>
          ))}
        </select>
      )}
      <ReasonField label={text.alertAction[action]} value={reason} onChange={setReason} />
      <button type="submit" className="button is-primary" disabled={isBusy || reason.trim() === ''}>
        {text.alertAction[action]}
      </button>
      <button type="button" className="button" onClick={onCancel}>
        {text.desk.cancel}
      </button>
    </form>
  );
}
