import { type Candidate, REASON_CHARS } from '@app/shared';
import type { RefObject } from 'react';
import { type Texts, useText } from '../../ui/catalogue.js';

export interface OverrideNoteProps {
  /** Busy teams that somebody means to send. */
  readonly busy: readonly Candidate[];
  readonly reason: string;
  readonly field: RefObject<HTMLInputElement | null>;
  readonly onReason: (reason: string) => void;
  readonly onSend: () => void;
}

/** What sending a busy team costs, and why it is done all the same: without a reason it is not sent. */
export function OverrideNote({ busy, reason, field, onReason, onSend }: OverrideNoteProps) {
  const text = useText();
  if (busy.length === 0) return null;
  return (
    <form
      className="note is-stale candidate-override"
      aria-label={text.desk.override.title}
      onSubmit={(event) => {
        event.preventDefault();
        onSend();
      }}
    >
      <b>{text.desk.override.title}</b>
      <ul>
        {busy.map((candidate) => (
          <li key={candidate.team}>{priceText(candidate, text)}</li>
        ))}
      </ul>
      <input
        ref={field}
        className="field"
        value={reason}
        maxLength={REASON_CHARS}
        required
        placeholder={text.desk.override.reason}
        aria-label={text.desk.override.reason}
        onChange={({ target }) => onReason(target.value)}
      />
    </form>
  );
}

/** Which incidents it would have to leave; those that the caller does not see are counted. */
function priceText({ callSign, status, busyWith, override }: Candidate, text: Texts): string {
  const unseen = (override?.incidents.length ?? 0) - busyWith.length;
  const parts = [
    ...busyWith.map(({ number }) => number),
    ...(unseen > 0 ? [text.desk.override.unseen(unseen)] : []),
  ];
  const where = parts.length > 0 ? parts.join(text.listComma) : text.desk.override.nowhere;
  return text.desk.override.price(callSign, text.teamStatus[status], where);
}
