import { useState } from 'react';
import { useText } from '../../ui/catalogue.js';
import { ReasonField } from './reason-field.js';

export interface DeclineFormProps {
  /** What the step is called where it stands. */
  readonly label: string;
  readonly isBusy: boolean;
  readonly onDecline: (reason: string) => void;
  readonly onCancel: () => void;
}

/** Why a team or a department declines is asked before it is told. */
export function DeclineForm({ label, isBusy, onDecline, onCancel }: DeclineFormProps) {
  const text = useText();
  const [reason, setReason] = useState('');
  return (
    <form
      className="crew-acts"
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim()) onDecline(reason.trim());
      }}
    >
      <ReasonField label={label} value={reason} onChange={setReason} />
      <button type="submit" className="button is-primary" disabled={!reason.trim() || isBusy}>
        {label}
      </button>
      <button type="button" className="button" onClick={onCancel}>
        {text.desk.cancel}
      </button>
    </form>
  );
}
