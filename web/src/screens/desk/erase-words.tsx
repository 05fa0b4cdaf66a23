import { ERASURE_REASONS, type Erasure, type ErasureReason } from '@app/shared';
import { useState } from 'react';
import { eraseWords } from '../../link/erasures.js';
import { useInstallation } from '../../link/installation.js';
import { useText } from '../../ui/catalogue.js';
import { useChange } from '../admin/use-change.js';
import { FaultNote } from './fault-note.js';

type Of = Pick<Erasure, 'kind' | 'id'>;

export interface EraseWordsProps {
  readonly of: Of;
  /** Which words there are to choose from, by the name that the server knows them by; only of incidents. */
  readonly parts?: readonly { readonly value: string; readonly label: string }[];
  readonly onDone: () => void;
}

/** Erases words by hand, for whoever may: what, why, and that it cannot be undone. Nothing for anybody else. */
export function EraseWords({ of, parts, onDone }: EraseWordsProps) {
  const text = useText();
  const { session } = useInstallation();
  const [isAsked, setAsked] = useState(false);
  if (session.account.role !== 'commander') return null;
  if (!isAsked)
    return (
      <button type="button" className="button is-small is-quiet" onClick={() => setAsked(true)}>
        {text.privacy.erase}
      </button>
    );
  return (
    <EraseForm
      of={of}
      {...(parts ? { parts } : {})}
      onCancel={() => setAsked(false)}
      onDone={() => {
        setAsked(false);
        onDone();
      }}
    />
  );
}

function EraseForm({ of, parts, onDone, onCancel }: EraseWordsProps & { readonly onCancel: () => void }) {
  const text = useText();
  const [part, setPart] = useState(parts?.[0]?.value);
  const [reason, setReason] = useState<ErasureReason>(ERASURE_REASONS[0]);
  const change = useChange(onDone);
  const asked = { ...of, reason, ...(part === undefined ? {} : { part }) } as Erasure;
  return (
    <form
      className="acts-row step-form"
      aria-label={text.privacy.erase}
      onSubmit={(event) => {
        event.preventDefault();
        void change.run(() => eraseWords(asked));
      }}
    >
      {parts && (
        <select
          className="button"
          value={part}
          aria-label={text.privacy.eraseWhat}
          onChange={({ target }) => setPart(target.value)}
        >
          {parts.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      )}
      <select
        className="button"
        value={reason}
        aria-label={text.privacy.reasonOf}
        onChange={({ target }) => setReason(target.value as ErasureReason)}
      >
        {ERASURE_REASONS.map((one) => (
          <option key={one} value={one}>
            {text.privacy.reason[one]}
          </option>
        ))}
      </select>
      <button type="submit" className="button is-primary" disabled={change.isBusy}>
        {text.privacy.erase}
      </button>
      <button type="button" className="button" onClick={onCancel}>
        {text.desk.cancel}
      </button>
      <span className="soft">{text.privacy.eraseHint}</span>
      <FaultNote fault={change.fault} onClose={change.forgive} />
    </form>
  );
}
