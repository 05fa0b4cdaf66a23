import { useEffect, useRef, useState } from 'react';
import { useText } from './catalogue.js';
import { readWallTime, steppedWallTime, writtenWallTime } from './wall-time.js';

export interface WallTimeFieldProps {
  readonly label: string;
  /** As `wallTimeOf` writes it; empty when none was chosen. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly className?: string;
  readonly autoFocus?: boolean;
}

/**
 * A day and minute on the clock of the city, written the same way in every language: the browser's own field would follow
 * the browser's. Arrow keys step what the caret stands in. What is no time is refused before its form is sent.
 */
export function WallTimeField({ label, value, onChange, className, autoFocus = false }: WallTimeFieldProps) {
  const text = useText();
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(writtenWallTime(value));
  // What was typed stands as it is as long as it says the value.
  const shown = readWallTime(typed) === value ? typed : writtenWallTime(value);
  const isBad = shown.trim() !== '' && readWallTime(shown) === '';
  useEffect(() => field.current?.setCustomValidity(isBad ? text.desk.timeShape : ''), [isBad, text]);
  const say = (next: string) => {
    setTyped(next);
    onChange(readWallTime(next));
  };
  return (
    <label className={className}>
      {label}
      <input
        ref={field}
        className="field wall-time"
        type="text"
        inputMode="numeric"
        autoComplete="off"
        autoFocus={autoFocus}
        value={shown}
        maxLength={16}
        placeholder={text.desk.timeShape}
        title={text.desk.timeShape}
        aria-invalid={isBad}
        onChange={({ target }) => say(target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
          const { currentTarget } = event;
          const caret = currentTarget.selectionStart ?? 0;
          const next = steppedWallTime(shown, caret, event.key === 'ArrowUp' ? 1 : -1);
          if (next === undefined) return;
          event.preventDefault();
          say(next);
          requestAnimationFrame(() => currentTarget.setSelectionRange(caret, caret));
        }}
      />
    </label>
  );
}
