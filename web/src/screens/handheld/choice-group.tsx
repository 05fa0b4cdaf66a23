interface ChoiceGroupProps<T> {
  readonly label: string;
  readonly className?: string;
  readonly options: readonly T[];
  readonly value: T;
  readonly textOf: (option: T) => string;
  readonly onPick: (option: T) => void;
}

/** One of a few, each large enough for a thumb. */
export function ChoiceGroup<T extends string | number>(props: ChoiceGroupProps<T>) {
  const { label, className = '', options, value, textOf, onPick } = props;
  return (
    <div className={`hh-choice ${className}`} role="radiogroup" aria-label={label}>
      {options.map((option) => (
        <button
          key={option}
          type="button"
          role="radio"
          aria-checked={option === value}
          onClick={() => onPick(option)}
        >
          {textOf(option)}
        </button>
      ))}
    </div>
  );
}
