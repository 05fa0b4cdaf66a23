import type { IncidentAction, IncidentStep } from '@app/shared';
import { useState } from 'react';
import { DeclineForm } from './decline-form.js';
import type { OpenIncident } from './use-incident.js';

export interface CrewStepsProps<A extends IncidentAction> {
  /** The team or the department that takes them. */
  readonly who: Pick<IncidentStep, 'team' | 'department'>;
  readonly actions: readonly A[];
  readonly words: Readonly<Record<A, string>>;
  readonly act: OpenIncident['act'];
  readonly isBusy: boolean;
  /** Words that go along. */
  readonly note: string;
}

/** A button for each step of whoever was sent; why somebody declines is asked before it is told. */
export function CrewSteps<A extends IncidentAction>(props: CrewStepsProps<A>) {
  const { who, actions, words, act, isBusy } = props;
  const [asked, setAsked] = useState<A>();
  const note = props.note.trim();
  const tell = (action: A, reason?: string) =>
    void act(action, { ...who, ...(reason ? { reason } : {}), ...(note ? { note } : {}) });
  if (asked && actions.includes(asked))
    return (
      <DeclineForm
        label={words[asked]}
        isBusy={isBusy}
        onDecline={(reason) => tell(asked, reason)}
        onCancel={() => setAsked(undefined)}
      />
    );
  return (
    <span className="crew-acts">
      {actions.map((action) => (
        <button
          key={action}
          type="button"
          className={`button ${action === 'recall' ? 'is-recall' : ''}`}
          disabled={isBusy}
          onClick={() => (action === 'decline' ? setAsked(action) : tell(action))}
        >
          {words[action]}
        </button>
      ))}
    </span>
  );
}
