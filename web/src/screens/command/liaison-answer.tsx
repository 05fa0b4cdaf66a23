import type { AlertCard } from '@app/shared';
import { fetchAlert } from '../../link/alerts.js';
import { useFetched } from '../../link/use-fetched.js';
import { AnswerText } from '../wall/answer-text.js';

/** An answer is told when it comes; what stands beside it is read once for each. */
const READ_MS = 3_600_000;

/** What the liaison desk that was asked has said, with its word on it. */
export function LiaisonAnswer({ alert: { id, version, deviation } }: { alert: AlertCard }) {
  const { value } = useFetched({
    subject: deviation?.answer === undefined ? undefined : id,
    mark: version,
    everyMs: READ_MS,
    read: (signal) => fetchAlert(id, signal),
  });
  const note = value?.timeline.findLast(({ fact }) => fact === 'alert.answered')?.reason;
  return <AnswerText deviation={deviation} note={note} />;
}
