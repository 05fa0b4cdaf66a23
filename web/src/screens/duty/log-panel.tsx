import { LOG_KINDS, type LogDraft, type LogEntry, type LogKind, REFERRING_LOG_KINDS } from '@app/shared';
import { useState } from 'react';
import { useText } from '../../ui/catalogue.js';
import { Panel } from '../../ui/panel.js';
import { FaultNote } from '../desk/fault-note.js';
import { IncidentLink } from './incident-link.js';
import { LogLine } from './log-line.js';
import { type DutyLog, useLog } from './use-log.js';

const OWN_KINDS = LOG_KINDS.filter((kind) => !REFERRING_LOG_KINDS.includes(kind));

export interface LogPanelProps {
  readonly centre: string;
  readonly isOwn: boolean;
  readonly onIncident: (id: string) => void;
  readonly onWritten: () => void;
}

/** What happened on duty, newest first, with the line that is being written. */
export function LogPanel({ centre, isOwn, onIncident, onWritten }: LogPanelProps) {
  const text = useText();
  const [isOpen, setOpen] = useState(false);
  const [refers, setRefers] = useState<{ kind: 'done' | 'correction'; entry: LogEntry }>();
  const log = useLog(centre, isOpen);
  const { readAt, value, fault } = log.newest;
  const filters = (
    <span className="tabs">
      {[false, true].map((open) => (
        <button
          key={String(open)}
          type="button"
          role="tab"
          aria-selected={isOpen === open}
          onClick={() => setOpen(open)}
        >
          {open ? text.duty.logOpen : text.duty.logAll}
        </button>
      ))}
    </span>
  );
  return (
    <Panel
      className="duty-log"
      title={text.duty.log}
      corner={filters}
      observedAt={readAt}
      state={value ? (fault === undefined ? 'live' : 'stale') : 'none'}
    >
      {isOwn ? (
        <LogForm
          centre={centre}
          log={log}
          refers={refers}
          onForget={() => setRefers(undefined)}
          onWritten={() => {
            setRefers(undefined);
            onWritten();
          }}
        />
      ) : (
        <p className="soft log-note">{text.duty.logReadOnly}</p>
      )}
      <ol className="log-lines">
        {log.entries.length === 0 && <li className="soft">{text.duty.logEmpty}</li>}
        {log.entries.map((entry) => (
          <LogLine
            key={entry.id}
            entry={entry}
            onIncident={onIncident}
            onErased={log.newest.reload}
            {...(isOwn ? { onRefer: (kind: 'done' | 'correction') => setRefers({ kind, entry }) } : {})}
          />
        ))}
        {log.hasMore && (
          <li>
            <button type="button" className="button is-small" onClick={() => void log.more()}>
              {text.duty.logMore}
            </button>
          </li>
        )}
      </ol>
    </Panel>
  );
}

interface LogFormProps {
  readonly centre: string;
  readonly log: DutyLog;
  readonly refers: { readonly kind: 'done' | 'correction'; readonly entry: LogEntry } | undefined;
  readonly onForget: () => void;
  readonly onWritten: () => void;
}

/** One line at a time; Ctrl+Enter writes it down. What was typed stays until it is. */
function LogForm({ centre, log, refers, onForget, onWritten }: LogFormProps) {
  const text = useText();
  const [kind, setKind] = useState<LogKind>('note');
  const [words, setWords] = useState('');
  const [incident, setIncident] = useState<string>();
  const write = async () => {
    const draft: LogDraft = {
      text: words.trim(),
      ...(refers ? { kind: refers.kind, refers: refers.entry.id } : { kind }),
      ...(incident === undefined ? {} : { incident }),
    };
    if (words.trim() === '' || !(await log.write(draft))) return;
    setWords('');
    setKind('note');
    setIncident(undefined);
    onWritten();
  };
  return (
    <form
      className="log-form"
      onSubmit={(event) => {
        event.preventDefault();
        void write();
      }}
    >
      <textarea
        className="field"
        rows={2}
        value={words}
        maxLength={2000}
        placeholder={text.duty.logPlaceholder}
        aria-label={text.duty.logPlaceholder}
        onChange={({ target }) => setWords(target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void write();
        }}
      />
      <div className="acts-row">
        {refers ? (
          <span className="tag">
            {text.duty.logRefers(text.duty.logKind[refers.kind], refers.entry.number)}{' '}
            <button type="button" className="crumb" aria-label={text.desk.cancel} onClick={onForget}>
              ×
            </button>
          </span>
        ) : (
          <select
            className="button"
            value={kind}
            aria-label={text.desk.category}
            onChange={({ target }) => setKind(target.value as LogKind)}
          >
            {OWN_KINDS.map((known) => (
              <option key={known} value={known}>
                {text.duty.logKind[known]}
              </option>
            ))}
          </select>
        )}
        <IncidentLink centre={centre} value={incident} onChange={setIncident} />
        <button
          type="submit"
          className="button is-primary"
          disabled={log.change.isBusy || words.trim() === ''}
        >
          {text.duty.logWrite}
        </button>
        {kind === 'matter' && !refers && <span className="soft">{text.duty.logWaits}</span>}
      </div>
      <FaultNote fault={log.change.fault} onClose={log.change.forgive} />
    </form>
  );
}
