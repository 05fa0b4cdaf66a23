import { type Incident, type IncidentAction, needsOf } from '@app/shared';
import { useState } from 'react';
import { useText } from '../../ui/catalogue.js';
import type { OpenIncident } from './use-incident.js';

const wantsReason = (action: IncidentAction): boolean => needsOf(action).includes('reason');
const isOfTeams = (action: IncidentAction): boolean =>
  needsOf(action).some((need) => need === 'team' || need === 'teams');

export interface IncidentActionsProps {
  readonly incident: Incident;
  readonly act: OpenIncident['act'];
  readonly pending: IncidentAction | undefined;
  readonly note: string;
  readonly onNote: (note: string) => void;
}

/**
 * The legal next steps of the whole incident as buttons, with words that go along. Steps of single teams stand
 * beside the teams, sending some beside the candidates. What is typed stays until a step has taken it.
 */
export function IncidentActions({ incident, act, pending, note, onNote }: IncidentActionsProps) {
  const text = useText();
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState<IncidentAction>();
  const own = incident.actions.filter((action) => !isOfTeams(action));

  const take = async (action: IncidentAction) => {
    if (wantsReason(action) && reason.trim() === '') {
      setAsked(action);
      return;
    }
    const words = {
      ...(note.trim() ? { note: note.trim() } : {}),
      ...(wantsReason(action) ? { reason: reason.trim() } : {}),
    };
    if (!(await act(action, words))) return;
    onNote('');
    setReason('');
    setAsked(undefined);
  };

  if (incident.actions.length === 0) return <p className="soft">{text.desk.noActions}</p>;
  return (
    <section className="acts">
      <div className="acts-row">
        {own.map((action, index) => (
          <button
            key={action}
            type="button"
            className={`button ${index === 0 ? 'is-primary' : ''}`}
            disabled={pending !== undefined}
            aria-expanded={asked === action}
            onClick={() => void take(action)}
          >
            {text.action[action]}
          </button>
        ))}
        <input
          className="field"
          value={note}
          maxLength={2000}
          placeholder={text.desk.note}
          aria-label={text.desk.note}
          onChange={({ target }) => onNote(target.value)}
        />
      </div>
      {asked && (
        <form
          className="acts-row"
          onSubmit={(event) => {
            event.preventDefault();
            void take(asked);
          }}
        >
          <input
            className="field"
            value={reason}
            maxLength={500}
            autoFocus
            placeholder={text.desk.reasonFor(text.action[asked])}
            aria-label={text.desk.reasonFor(text.action[asked])}
            onChange={({ target }) => setReason(target.value)}
          />
          <button
            type="submit"
            className="button is-primary"
            disabled={reason.trim() === '' || pending !== undefined || !incident.actions.includes(asked)}
          >
            {text.action[asked]}
          </button>
          <button type="button" className="button" onClick={() => setAsked(undefined)}>
            {text.desk.cancel}
          </button>
        </form>
      )}
    </section>
  );
}
