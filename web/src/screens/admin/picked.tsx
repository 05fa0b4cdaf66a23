export interface PickedProps<T extends string | number> {
  readonly options: readonly T[];
  readonly value: T | null;
  /** The word for "whichever"; without it one must be picked. */
  readonly any?: string;
  readonly textOf: (option: T) => string;
  readonly onPick: (option: T | null) => void;
}

/** One of a few words, or whichever. */
export function Picked<T extends string | number>({ options, value, any, textOf, onPick }: PickedProps<T>) {
  return (
    <select
      className="field"
      value={value ?? ''}
      onChange={({ target }) => onPick(options.find((option) => String(option) === target.value) ?? null)}
    >
      {any !== undefined && <option value="">{any}</option>}
      {options.map((option) => (
        <option key={option} value={option}>
          {textOf(option)}
        </option>
      ))}
    </select>
  );
}
