import { type LogEntry, toMs } from '@app/shared';
import { useInstallation } from '../../link/installation.js';
import { usePerson } from '../../link/use-person.js';
import { useText } from '../../ui/catalogue.js';
import { momentText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';
import { EraseWords } from '../desk/erase-words.js';
import { WrittenWords } from '../desk/written-words.js';

export interface LogLineProps {
  readonly entry: LogEntry;
  readonly onIncident: (id: string) => void;
  readonly onErased: () => void;
  /** Absent where the log may only be read. */
  readonly onRefer?: (kind: 'done' | 'correction') => void;
}

/** One entry: nothing in it ever changes, what was corrected or settled says by which. */
export function LogLine({ entry, onIncident, onErased, onRefer }: LogLineProps) {
  const text = useText();
  const personName = usePerson();
  const now = useNow();
  const { settings } = useInstallation();
  const { number, kind, incident, refers, doneBy, correctedBy } = entry;
  const isWaiting = kind === 'matter' && !doneBy;
  return (
    <li className={`log-line ${correctedBy ? 'is-corrected' : ''}`}>
      <span className="number soft">{number}</span>
      <time dateTime={entry.occurredAt}>{momentText(toMs(entry.occurredAt), now, settings.timeZone)}</time>
      <span className="log-words">
        <b className={isWaiting ? 'is-warned' : ''}>
          {refers ? text.duty.logRefers(text.duty.logKind[kind], refers.number) : text.duty.logKind[kind]}
        </b>{' '}
        <WrittenWords words={entry.text} />{' '}
        {incident && (
          <button type="button" className="crumb number" onClick={() => onIncident(incident.id)}>
            {incident.number}
          </button>
        )}
        <span className="soft log-by">
          <span className="log-person">{personName(entry.by)}</span>
          {doneBy && ` · ${text.duty.logDoneBy(doneBy.number)}`}
          {correctedBy && ` · ${text.duty.logCorrectedBy(correctedBy.number)}`}
        </span>
      </span>
      {onRefer && (
        <span className="log-acts">
          {isWaiting && (
            <button type="button" className="button is-small" onClick={() => onRefer('done')}>
              {text.duty.logSettle}
            </button>
          )}
          <button type="button" className="button is-small is-quiet" onClick={() => onRefer('correction')}>
            {text.duty.logCorrect}
          </button>
          {!entry.erased && <EraseWords of={{ kind: 'duty-log', id: entry.id }} onDone={onErased} />}
        </span>
      )}
    </li>
  );
}
