import { type DeviationFigures, toMs } from '@app/shared';
import { useInstallation } from '../../link/installation.js';
import { useText } from '../../ui/catalogue.js';
import { momentText } from '../../ui/time-format.js';
import { serverClock } from '../../ui/server-clock.js';

interface AnswerTextProps {
  readonly deviation: DeviationFigures | undefined;
  /** What the desk wrote to it. */
  readonly note?: string | null | undefined;
}

/** What the liaison desk that was asked has said; nothing while it has said nothing, or nobody was asked. */
export function AnswerText({ deviation, note }: AnswerTextProps) {
  const text = useText();
  const { settings } = useInstallation();
  const { asks, answer, answeredAt } = deviation ?? {};
  if (asks === undefined || answer === undefined || answeredAt === undefined) return null;
  const clock = momentText(toMs(answeredAt), serverClock.now(), settings.timeZone);
  return (
    <span className={`alert-answer is-${answer}`}>
      {text.deviation.answered(text.force[asks], clock, text.deviation.answer[answer])}
      {note && ` · ${note}`}
    </span>
  );
}
