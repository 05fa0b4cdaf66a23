import type { z } from 'zod';

/** What a number that may not be left open is while nothing stands in its field: no schema takes it. */
export const EMPTIED = Number.NaN;

interface NumberFieldProps {
  readonly value: number | null;
  readonly label: string;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly placeholder?: string;
  readonly isLocked?: boolean;
  readonly isWrong?: boolean;
  readonly onChange: (value: number | null) => void;
}

/** A number that may be left open. */
export function NumberField(props: NumberFieldProps) {
  const { value, label, min, max, placeholder, isLocked = false, isWrong = false, onChange } = props;
  return (
    <input
      className="field is-number"
      type="number"
      min={min}
      max={max}
      value={value === null || Number.isNaN(value) ? '' : value}
      placeholder={placeholder}
      aria-label={label}
      aria-invalid={isWrong}
      disabled={isLocked}
      onChange={({ target }) => onChange(target.value === '' ? null : Number(target.value))}
    />
  );
}

/** What a schema of a number takes. */
export const boundsOf = ({ minValue, maxValue }: z.ZodNumber) => ({
  min: minValue ?? undefined,
  max: maxValue ?? undefined,
});
