import { toMs } from '@app/shared';
import { useInstallation } from '../../link/installation.js';
import { momentText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';

/** An instant in the city's time zone; a dash where there is none. */
export function When({ at }: { at: string | null }) {
  const now = useNow();
  const { settings } = useInstallation();
  return at === null ? '—' : momentText(toMs(at), now, settings.timeZone);
}
