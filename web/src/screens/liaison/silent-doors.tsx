import { toMs } from '@app/shared';
import { useWall } from '../../store/wall.store.js';
import { useText } from '../../ui/catalogue.js';
import { ageText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';
import { useAlertSentence } from '../wall/use-alert-sentence.js';

/** Doors through which none of the force's own teams can be heard: nobody has to be asked for. */
export function SilentDoors() {
  const text = useText();
  const now = useNow();
  const alerts = useWall((wall) => wall.alerts);
  const sentenceOf = useAlertSentence();
  return [...alerts.values()]
    .filter(({ rule }) => rule === 'door')
    .map((alert) => (
      <p key={alert.id} className="note is-stale liaison-door" role="status">
        {sentenceOf(alert)} <span className="soft">{ageText(now - toMs(alert.since), text)}</span>
        <br />
        <span className="soft">{text.deviation.doorHint}</span>
      </p>
    ));
}
