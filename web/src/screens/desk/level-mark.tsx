import { DAILY_LEVEL, toMs } from '@app/shared';
import { useInstallation } from '../../link/installation.js';
import { useLevel } from '../../store/use-level.js';
import { useText } from '../../ui/catalogue.js';
import { momentText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';
import './level-mark.css';

/** The duty level of a centre and until when; nothing at daily duty. */
export function LevelMark({ scope }: { scope: string }) {
  const text = useText();
  const now = useNow();
  const { settings } = useInstallation();
  const { level, set } = useLevel(scope);
  if (level === DAILY_LEVEL || !set) return null;
  return (
    <span className={`level-mark is-level-${level}`} role="status">
      {text.patrol.levelUntil(text.patrol.level[level], momentText(toMs(set.to), now, settings.timeZone))}
    </span>
  );
}
