import { flowRow, type Incident, type IncidentAction, type IncidentStep, needsOf } from '@app/shared';
import { useEffect, useState } from 'react';
import { useText } from '../../ui/catalogue.js';
import { StepForm } from './step-form.js';
import type { OpenIncident } from './use-incident.js';

type Said = Omit<IncidentStep, 'version'>;

/** Steps that stand beside what they are about: a team, an offer, the candidates. */
const isElsewhere = (action: IncidentAction): boolean =>
  needsOf(action).some((need) => need === 'team' || need === 'teams' || need === 'offer');
const mustSay = (action: IncidentAction): boolean => needsOf(action).length > 0;

export interface IncidentActionsProps {
  readonly incident: Incident;
  readonly act: OpenIncident['act'];
  readonly pending: IncidentAction | undefined;
  readonly note: string;
  readonly onNote: (note: string) => void;
}

/**
 * The legal next steps of the whole incident as buttons, with words that go along: first those that take the work
 * forward, the others in a row below. What is typed stays until a step has taken it.
 */
export function IncidentActions({ incident, act, pending, note, onNote }: IncidentActionsProps) {
  const text = useText();
  const [asked, setAsked] = useState<IncidentAction>();
  useEffect(() => setAsked(undefined), [incident.id]);
  const own = incident.actions.filter((action) => !isElsewhere(action));
  const isMain = (action: IncidentAction) => flowRow(incident.status, action)?.isMain === true;
  const first = own.filter((action) => isMain(action) || !mustSay(action));
  const others = own.filter((action) => !first.includes(action));

  const take = async (action: IncidentAction, said: Said = {}): Promise<boolean> => {
    const words = note.trim() ? { note: note.trim() } : {};
    if (!(await act(action, { ...words, ...said }))) return false;
    onNote('');
    setAsked(undefined);
    return true;
  };
  const buttons = (actions: readonly IncidentAction[], isFirst: boolean) =>
    actions.map((action, index) => (
      <button
        key={action}
        type="button"
        className={`button ${isFirst && index === 0 ? 'is-primary' : ''}`}
        disabled={pending !== undefined}
        aria-expanded={asked === action}
        onClick={() => (mustSay(action) ? setAsked(action) : void take(action))}
      >
        {text.action[action]}
      </button>
    ));

  const leftAbove = incident.leftAbove?.map((action) => text.action[action]).join(text.listComma);
  const left = leftAbove && <p className="soft">{text.desk.leftAbove(leftAbove)}</p>;
  if (incident.actions.length === 0) return left || <p className="soft">{text.desk.noActions}</p>;
  return (
    <section className="acts">
      {left}
      <div className="acts-row">
        {buttons(first, true)}
        <input
          className="field"
          value={note}
          maxLength={2000}
          placeholder={text.desk.note}
          aria-label={text.desk.note}
          onChange={({ target }) => onNote(target.value)}
        />
      </div>
      {others.length > 0 && (
        <div className="acts-row is-more" role="group" aria-label={text.flow.more}>
          {buttons(others, false)}
        </div>
      )}
      {asked && own.includes(asked) && (
        <StepForm
          key={asked}
          incident={incident}
          action={asked}
          isBusy={pending !== undefined}
          onTake={(said) => take(asked, said)}
          onCancel={() => setAsked(undefined)}
        />
      )}
    </section>
  );
}
