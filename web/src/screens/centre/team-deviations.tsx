import { toMs } from '@app/shared';
import { useMemo } from 'react';
import { useInstallation } from '../../link/installation.js';
import { deviationsOfTeam } from '../../store/deviations.js';
import { useWall } from '../../store/wall.store.js';
import { useText } from '../../ui/catalogue.js';
import { momentText, spanText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';
import { AnswerText } from '../wall/answer-text.js';

/** What a team does otherwise than planned at this moment, and since when; nothing where that is nothing. */
export function TeamDeviations({ id }: { id: string }) {
  const text = useText();
  const now = useNow();
  const { settings } = useInstallation();
  const alerts = useWall((wall) => wall.alerts);
  const running = useMemo(() => deviationsOfTeam(alerts.values(), id), [alerts, id]);
  if (running.length === 0) return null;
  return (
    <ul className="team-deviations" aria-label={text.deviation.now}>
      {running.map((deviation) => {
        const { kind, from, device } = deviation;
        return (
          <li key={`${kind} ${device ?? ''}`} className={kind === 'lost-contact' ? 'is-warned' : ''}>
            {text.deviation.since(
              text.deviation.kind[kind],
              momentText(toMs(from), now, settings.timeZone),
              spanText(now - toMs(from), text),
            )}{' '}
            <AnswerText deviation={deviation} />
          </li>
        );
      })}
    </ul>
  );
}
