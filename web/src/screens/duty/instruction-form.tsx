import { type InstructionDraft, toInstant } from '@app/shared';
import { TreeSelect } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import { newKey } from '../../link/http.js';
import { useInstallation } from '../../link/installation.js';
import { sendInstructions } from '../../link/instructions.js';
import { useWall } from '../../store/wall.store.js';
import { useLanguage, useText } from '../../ui/catalogue.js';
import { spanText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';
import { useChange } from '../admin/use-change.js';
import { branchOf, childrenOf } from '../desk/centre-branches.js';
import { FaultNote } from '../desk/fault-note.js';

const HOUR_MS = 3_600_000;
const SPANS_MS = [HOUR_MS / 2, HOUR_MS, 2 * HOUR_MS, 4 * HOUR_MS, 8 * HOUR_MS, 24 * HOUR_MS, 72 * HOUR_MS];

export interface InstructionFormProps {
  readonly scope: string;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

/** The same words to one or more centres below; an incident that is open beside it may go along. */
export function InstructionForm({ scope, onDone, onCancel }: InstructionFormProps) {
  const text = useText();
  const now = useNow();
  const change = useChange(onDone);
  // One intention has one key and one due time, also when it is sent a second time because no answer came.
  const tried = useRef<{ readonly key: string; readonly dueAt: string }>(undefined);
  const [to, setTo] = useState<string[]>([]);
  const [words, setWords] = useState('');
  const [spanMs, setSpanMs] = useState(2 * HOUR_MS);
  const [isUrgent, setUrgent] = useState(false);
  const [isAbout, setAbout] = useState(true);
  const incident = useWall((wall) =>
    wall.selection?.kind === 'incident' ? wall.incidents.get(wall.selection.id) : undefined,
  );
  useEffect(() => {
    tried.current = undefined;
  }, [to, words, spanMs, isUrgent, isAbout, incident?.id]);
  const send = () => {
    tried.current ??= { key: newKey(), dueAt: toInstant(now + spanMs) };
    const { key, dueAt } = tried.current;
    const draft: InstructionDraft = {
      to,
      text: words.trim(),
      urgent: isUrgent,
      dueAt,
      ...(incident && isAbout ? { incident: incident.id } : {}),
    };
    return change.run(() => sendInstructions(draft, key));
  };
  return (
    <form
      className="handover-form"
      aria-label={text.duty.newInstruction}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Recipients scope={scope} value={to} onChange={setTo} />
      <textarea
        className="field"
        rows={2}
        value={words}
        maxLength={2000}
        placeholder={text.duty.instructionHint}
        aria-label={text.duty.instructionText}
        onChange={({ target }) => setWords(target.value)}
      />
      <div className="acts-row">
        <label className="duty-field">
          {text.duty.answerBy}
          <select
            className="button"
            value={spanMs}
            onChange={({ target }) => setSpanMs(Number(target.value))}
          >
            {SPANS_MS.map((ms) => (
              <option key={ms} value={ms}>
                {spanText(ms, text)}
              </option>
            ))}
          </select>
        </label>
        <label className="duty-field">
          <input type="checkbox" checked={isUrgent} onChange={({ target }) => setUrgent(target.checked)} />
          {text.duty.urgent}
        </label>
        {incident && (
          <label className="duty-field">
            <input type="checkbox" checked={isAbout} onChange={({ target }) => setAbout(target.checked)} />
            {text.duty.aboutIncident(incident.number)}
          </label>
        )}
        <button
          type="submit"
          className="button is-primary"
          disabled={change.isBusy || to.length === 0 || words.trim() === ''}
        >
          {text.duty.send}
        </button>
        <button type="button" className="button" onClick={onCancel}>
          {text.desk.cancel}
        </button>
      </div>
      <FaultNote fault={change.fault} onClose={change.forgive} />
    </form>
  );
}

function Recipients(props: { scope: string; value: string[]; onChange: (to: string[]) => void }) {
  const text = useText();
  const language = useLanguage((choice) => choice.language);
  const { centres } = useInstallation();
  const { scope } = props;
  const branches = useMemo(
    () => branchOf(scope, { centres, below: childrenOf(centres), language })?.children ?? [],
    [scope, centres, language],
  );
  return (
    <TreeSelect
      id="instruction-to"
      multiple
      allowClear
      value={props.value}
      treeData={branches}
      showSearch={{ treeNodeFilterProp: 'title' }}
      popupMatchSelectWidth={false}
      placeholder={text.duty.sendTo}
      aria-label={text.duty.sendTo}
      onChange={(to: string[]) => props.onChange(to)}
    />
  );
}
