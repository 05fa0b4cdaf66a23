import { REASON_CHARS } from '@app/shared';
import { useState } from 'react';
import { useText } from '../../ui/catalogue.js';
import { Sheet } from './sheet.js';

export interface DeclineSheetProps {
  readonly about: string;
  readonly onDecline: (reason: string) => void;
  readonly onClose: () => void;
}

/** Why a crew does not go: one tap on what is usual, or words of its own. */
export function DeclineSheet({ about, onDecline, onClose }: DeclineSheetProps) {
  const text = useText();
  const [words, setWords] = useState('');
  return (
    <Sheet title={text.action.decline} onClose={onClose}>
      <p>{about}</p>
      <div className="hh-row hh-reasons" role="group" aria-label={text.handheld.declineWhy}>
        {text.handheld.declineReasons.map((reason) => (
          <button key={reason} type="button" onClick={() => onDecline(reason)}>
            {reason}
          </button>
        ))}
      </div>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (words.trim()) onDecline(words.trim());
        }}
      >
        <label>
          {text.handheld.declineOther}
          <textarea
            value={words}
            maxLength={REASON_CHARS}
            onChange={({ target }) => setWords(target.value)}
          />
        </label>
        <button type="submit" className="hh-wide is-main" disabled={words.trim() === ''}>
          {text.action.decline}
        </button>
      </form>
    </Sheet>
  );
}
