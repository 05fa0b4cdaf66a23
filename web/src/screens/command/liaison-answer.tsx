import type { AlertCard } from '@app/shared';
import { fetchAlert } from '../../link/alerts.js';
import { useFetched } from '../../link/use-fetched.js';
import { useAnswerText } from '../wall/use-answer-text.js';

/** An answer is told when it comes; what stands beside it is read once for each. */
const READ_MS = 3_600_000;

/** What the liaison desk that was asked has said, with its word on it. */
export function LiaisonAnswer({ alert: { id, version, deviation } }: { alert: AlertCard }) {
  const answer = useAnswerText()(deviation);
  const { value } = useFetched({
    subject: answer === undefined ? undefined : id,
    mark: version,
    everyMs: READ_MS,
    read: (signal) => fetchAlert(id, signal),
  });
  if (answer === undefined) return null;
  const note = value?.timeline.findLast(({ fact }) => fact === 'alert.answered')?.reason;
  return (
    <span className={`alert-answer is-${deviation?.answer}`}>
      {answer}
      {note && ` · ${note}`}
    </span>
  );
}
