import { type Incident, sentName, toMs } from '@app/shared';
import { useInstallation } from '../../link/installation.js';
import { usePerson } from '../../link/use-person.js';
import { useLanguage, useText } from '../../ui/catalogue.js';
import { ageText, momentText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';
import { actionText } from './desk-words.js';
import type { Stale } from './use-incident.js';

/** Somebody else was faster: who did what and when, that nothing typed is lost, and what may be done now. */
export function StaleNote({
  stale,
  incident,
  onClose,
}: {
  stale: Stale;
  incident: Incident;
  onClose: () => void;
}) {
  const text = useText();
  const personName = usePerson();
  const language = useLanguage((choice) => choice.language);
  const now = useNow();
  const { settings } = useInstallation();
  const when = (at: string) =>
    `${momentText(toMs(at), now, settings.timeZone)} (${ageText(now - toMs(at), text)})`;
  const { missed, changedBy, changedAt } = stale;
  return (
    <div className="note is-stale" role="alert">
      <p>
        <strong>{text.desk.staleTitle(text.action[stale.tried])}</strong>
        <code className="note-code">incident.stale</code>
      </p>
      <ul className="note-list">
        {missed.map((entry) => (
          <li key={entry.id}>
            {text.desk.staleDid(
              when(entry.recordedAt),
              personName(entry.by),
              actionText(entry, text),
              sentName({ callSign: entry.callSign, department: entry.about?.department }, language) ?? '',
            )}
          </li>
        ))}
        {missed.length === 0 && changedBy !== null && changedAt !== null && (
          <li>{text.desk.staleChanged(when(changedAt), personName(changedBy))}</li>
        )}
      </ul>
      <p>{text.desk.staleNow(text.status[incident.status])}</p>
      <div className="note-acts">
        <button type="button" className="button" onClick={onClose}>
          {text.desk.understood}
        </button>
      </div>
    </div>
  );
}
