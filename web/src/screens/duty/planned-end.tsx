import { toInstant } from '@app/shared';
import { useInstallation } from '../../link/installation.js';
import { useText } from '../../ui/catalogue.js';
import { momentText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';

const HOUR_MS = 3_600_000;
const HOURS = 24;

/** When the shift that begins is planned to end: a full hour of the next day, or the server's own turn. */
export function PlannedEnd({ value, onChange }: { value: string; onChange: (dueAt: string) => void }) {
  const text = useText();
  const now = useNow();
  const { settings } = useInstallation();
  const first = Math.ceil(now / HOUR_MS) * HOUR_MS;
  const ends = Number.isNaN(now) ? [] : Array.from({ length: HOURS }, (_, i) => first + i * HOUR_MS);
  return (
    <label className="duty-field">
      {text.duty.plannedEnd}
      <select className="button" value={value} onChange={({ target }) => onChange(target.value)}>
        <option value="">{text.duty.plannedDefault}</option>
        {ends.map((at) => (
          <option key={at} value={toInstant(at)}>
            {momentText(at, now, settings.timeZone)}
          </option>
        ))}
      </select>
    </label>
  );
}
