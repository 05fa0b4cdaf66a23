import { type DeviationFigures, toMs } from '@app/shared';
import { useInstallation } from '../../link/installation.js';
import { useText } from '../../ui/catalogue.js';
import { momentText } from '../../ui/time-format.js';
import { serverClock } from '../../ui/server-clock.js';

/** What the liaison desk that was asked has said; undefined while it has said nothing, or nobody was asked. */
export function useAnswerText(): (deviation: DeviationFigures | undefined) => string | undefined {
  const text = useText();
  const { settings } = useInstallation();
  return (deviation) => {
    const { asks, answer, answeredAt } = deviation ?? {};
    if (asks === undefined || answer === undefined || answeredAt === undefined) return undefined;
    const clock = momentText(toMs(answeredAt), serverClock.now(), settings.timeZone);
    return text.deviation.answered(text.force[asks], clock, text.deviation.answer[answer]);
  };
}
