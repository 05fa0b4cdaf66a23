export interface WallTimeFieldProps {
  readonly label: string;
  /** As `wallTimeOf` writes it; empty when none was chosen. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly className?: string;
  readonly autoFocus?: boolean;
}

/** A day and minute on the clock of the city. */
export function WallTimeField({ label, value, onChange, className, autoFocus = false }: WallTimeFieldProps) {
  return (
    <label className={className}>
      {label}
      <input
        className="field"
        type="datetime-local"
        autoFocus={autoFocus}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
    </label>
  );
}
