import { type ForceRequest, type ForceRequestAction, nameIn, toMs } from '@app/shared';
import { type ReactNode, useState } from 'react';
import { useInstallation } from '../../link/installation.js';
import { stepRequest } from '../../link/forces.js';
import { useWall } from '../../store/wall.store.js';
import { usePerson } from '../../link/use-person.js';
import { useLanguage, useText } from '../../ui/catalogue.js';
import { momentText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';
import { useChange } from '../admin/use-change.js';
import { EraseWords } from '../desk/erase-words.js';
import { FaultNote } from '../desk/fault-note.js';
import { WrittenWords } from '../desk/written-words.js';
import './request.css';

interface RequestItemProps {
  readonly request: ForceRequest;
  readonly onDone: () => void;
  /** Stands in the place of the button for it. */
  readonly answer?: ReactNode;
}

/** What was asked of a force, what it released, and what may be done next. */
export function RequestItem({ request, onDone, answer }: RequestItemProps) {
  const text = useText();
  const personName = usePerson();
  const now = useNow();
  const { settings } = useInstallation();
  const language = useLanguage((choice) => choice.language);
  const change = useChange(onDone);
  const [words, setWords] = useState('');
  const { id, version, force, task, asked, state, released, actions, timeline } = request;
  const when = (at: string) => momentText(toMs(at), now, settings.timeZone);
  const act = (action: ForceRequestAction) =>
    void change.run(() => stepRequest(id, action, { version, ...(words.trim() ? { text: words } : {}) }));
  const buttons = actions.filter((action) => action !== 'answer');
  return (
    <article className={`request is-${state}`} aria-label={text.force[force]}>
      <p>
        <b>
          {text.force[force]} · {text.patrol.task[task]} · {text.patrol.people(asked)}
        </b>{' '}
        <span className={`request-state is-${request.answer ?? state}`}>
          {text.patrol.requestState[state]}
          {request.answer && ` · ${text.patrol.forceAnswer[request.answer]}`}
        </span>
      </p>
      <p className="soft">
        {nameIn(request.centreNames, language)} {personName(request.by)} · {when(request.from)}–
        {when(request.to)}
        {request.incidentNumber && ` · ${request.incidentNumber}`}
      </p>
      <p>
        <WrittenWords words={request.text} />
      </p>
      {released && <ReleasedLine released={released} />}
      {timeline
        .filter((line) => line.text !== null)
        .map((line) => (
          <p key={line.at} className="soft">
            {when(line.at)} {personName(line.by)} · {line.text}
          </p>
        ))}
      {actions.includes('answer') && answer}
      {buttons.length > 0 && (
        <p className="trade-form">
          <input
            className="field"
            value={words}
            maxLength={2000}
            placeholder={text.desk.note}
            aria-label={text.desk.note}
            onChange={({ target }) => setWords(target.value)}
          />
          {buttons.map((action) => (
            <button
              key={action}
              type="button"
              className="button is-small"
              disabled={change.isBusy}
              onClick={() => act(action)}
            >
              {text.patrol.requestAction[action]}
            </button>
          ))}
        </p>
      )}
      {request.text !== '' && <EraseWords of={{ kind: 'force-request', id }} onDone={onDone} />}
      <FaultNote fault={change.fault} onClose={change.forgive} />
    </article>
  );
}

function ReleasedLine({ released }: { released: NonNullable<ForceRequest['released']> }) {
  const text = useText();
  const teams = useWall((wall) => wall.teams);
  const names = released.teams.map((id) => teams.get(id)?.callSign ?? '').filter((name) => name !== '');
  const parts = [
    released.headcount === null ? text.patrol.noStrength : text.patrol.people(released.headcount),
    names.join(text.listComma),
    text.patrol.positions[released.positions],
  ].filter((part) => part !== '');
  return (
    <p>
      {text.patrol.releasedWhat} {parts.join(' · ')}
    </p>
  );
}
