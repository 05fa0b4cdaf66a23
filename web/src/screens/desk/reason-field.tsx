import { REASON_CHARS } from '@app/shared';
import { useText } from '../../ui/catalogue.js';

export interface ReasonFieldProps {
  /** What the step is called where it stands. */
  readonly label: string;
  readonly value: string;
  readonly onChange: (reason: string) => void;
}

/** Why somebody takes a step. */
export function ReasonField({ label, value, onChange }: ReasonFieldProps) {
  const text = useText();
  return (
    <input
      className="field"
      value={value}
      maxLength={REASON_CHARS}
      autoFocus
      placeholder={text.desk.reasonFor(label)}
      aria-label={text.desk.reasonFor(label)}
      onChange={({ target }) => onChange(target.value)}
    />
  );
}
