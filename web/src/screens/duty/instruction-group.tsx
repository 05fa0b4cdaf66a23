import {
  type Instruction,
  type InstructionAction,
  toMs,
  WAITING_INSTRUCTION_STATES,
  WORDED_INSTRUCTION_ACTIONS,
} from '@app/shared';
import { useState } from 'react';
import { useCentreName, useInstallation } from '../../link/installation.js';
import { stepInstruction } from '../../link/instructions.js';
import { usePerson } from '../../link/use-person.js';
import { useText } from '../../ui/catalogue.js';
import { momentText, spanText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';
import { useChange } from '../admin/use-change.js';
import { EraseWords } from '../desk/erase-words.js';
import { FaultNote } from '../desk/fault-note.js';
import { WrittenWords } from '../desk/written-words.js';

export interface InstructionGroupProps {
  /** One or more that were sent with the same words. */
  readonly group: readonly Instruction[];
  readonly onDone: () => void;
  readonly onIncident: (id: string) => void;
}

/** The words once, and each centre that they were sent to with how far it is. */
export function InstructionGroup({ group, onDone, onIncident }: InstructionGroupProps) {
  const text = useText();
  const personName = usePerson();
  const centreName = useCentreName();
  const clock = useClock();
  const [first] = group;
  if (!first) return null;
  const { incident } = first;
  return (
    <article className={`instruction ${first.urgent ? 'is-urgent' : ''}`}>
      <header>
        {first.urgent && <b className="tag is-abnormal">{text.duty.urgent}</b>}
        <span className="soft">
          {text.duty.from(centreName(first.from))} · {personName(first.by)} · {clock(first.sentAt)}
        </span>
        {group.length > 1 && <span className="soft">{text.duty.recipients(group.length)}</span>}
        {incident !== null && first.incidentNumber !== null && (
          <button type="button" className="crumb number" onClick={() => onIncident(incident)}>
            {text.duty.aboutIncident(first.incidentNumber)}
          </button>
        )}
      </header>
      <p className="instruction-text">
        <WrittenWords words={first.text} />
      </p>
      {!first.erased && <EraseWords of={{ kind: 'instruction', id: first.id }} onDone={onDone} />}
      {group.map((one) => (
        <InstructionLine key={one.id} instruction={one} onDone={onDone} />
      ))}
    </article>
  );
}

function useClock(): (at: string) => string {
  const now = useNow();
  const { settings } = useInstallation();
  return (at) => momentText(toMs(at), now, settings.timeZone);
}

function InstructionLine({
  instruction,
  onDone,
}: { instruction: Instruction } & Pick<InstructionGroupProps, 'onDone'>) {
  const text = useText();
  const personName = usePerson();
  const clock = useClock();
  const centreName = useCentreName();
  const change = useChange(onDone);
  const [asked, setAsked] = useState<InstructionAction>();
  const { id, version, state, actions, to } = instruction;
  const take = async (action: InstructionAction, words = '') => {
    const body = { version, ...(words === '' ? {} : { text: words }) };
    if (await change.run(() => stepInstruction(id, action, body))) setAsked(undefined);
  };
  return (
    <div className="instruction-line" data-state={state}>
      <div className="acts-row">
        <b>{centreName(to)}</b>
        <span className={`instruction-state is-${state}`}>{text.duty.instructionState[state]}</span>
        <AnswerClock instruction={instruction} />
        <span className="instruction-acts">
          {actions.map((action, index) => (
            <button
              key={action}
              type="button"
              className={`button is-small ${index === 0 && action !== 'withdraw' ? 'is-primary' : ''}`}
              disabled={change.isBusy}
              aria-expanded={asked === action}
              onClick={() =>
                WORDED_INSTRUCTION_ACTIONS.includes(action) ? setAsked(action) : void take(action)
              }
            >
              {text.duty.instructionAction[action]}
            </button>
          ))}
        </span>
      </div>
      {asked && actions.includes(asked) && (
        <InstructionWords
          action={asked}
          isBusy={change.isBusy}
          onTake={take}
          onCancel={() => setAsked(undefined)}
        />
      )}
      <FaultNote fault={change.fault} onClose={change.forgive} />
      <ol className="instruction-past">
        {instruction.timeline.slice(1).map(({ fact, by, at, text: words }) => (
          <li key={`${fact} ${at}`}>
            <time dateTime={at}>{clock(at)}</time> {text.duty.fact[fact] ?? fact}{' '}
            <span className="soft">{personName(by)}</span>
            {words && <span className="instruction-words">{words}</span>}
          </li>
        ))}
      </ol>
    </div>
  );
}

/** By when it is to be answered; red once that has passed, also when the answer came late. */
function AnswerClock({ instruction }: { instruction: Instruction }) {
  const text = useText();
  const now = useNow();
  const clock = useClock();
  const due = toMs(instruction.dueAt);
  const at = clock(instruction.dueAt);
  if (!WAITING_INSTRUCTION_STATES.includes(instruction.state))
    return (
      <span className={instruction.overdue ? 'due is-over' : 'soft'}>
        {text.duty.answerWas(at)}
        {instruction.overdue && ` · ${text.duty.late}`}
      </span>
    );
  return due < now ? (
    <span className="due is-over">{text.duty.answerOver(at, spanText(now - due, text))}</span>
  ) : (
    <span className="due">{text.duty.answerLeft(at, spanText(due - now, text))}</span>
  );
}

interface InstructionWordsProps {
  readonly action: InstructionAction;
  readonly isBusy: boolean;
  readonly onTake: (action: InstructionAction, words: string) => Promise<void>;
  readonly onCancel: () => void;
}

function InstructionWords({ action, isBusy, onTake, onCancel }: InstructionWordsProps) {
  const text = useText();
  const [words, setWords] = useState('');
  const hints: Partial<Record<InstructionAction, string>> = text.duty.instructionWords;
  const hint = hints[action] ?? '';
  return (
    <form
      className="acts-row"
      onSubmit={(event) => {
        event.preventDefault();
        void onTake(action, words.trim());
      }}
    >
      <input
        className="field"
        value={words}
        maxLength={2000}
        autoFocus
        placeholder={hint}
        aria-label={hint}
        onChange={({ target }) => setWords(target.value)}
      />
      <button type="submit" className="button is-primary" disabled={isBusy || words.trim() === ''}>
        {text.duty.instructionAction[action]}
      </button>
      <button type="button" className="button" onClick={onCancel}>
        {text.desk.cancel}
      </button>
    </form>
  );
}
