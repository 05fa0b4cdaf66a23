import { VisitHours } from '@app/shared';
import { useText } from '../../../ui/catalogue.js';

const MOST_WINDOWS = 6;

interface HoursFieldsProps {
  readonly windows: readonly VisitHours[];
  /** `field`: which one was written in; none for one that came or went. */
  readonly onChange: (windows: VisitHours[], field?: string) => void;
}

/** Hours of the city's day within which a visit counts; none: the whole shift. */
export function HoursFields({ windows, onChange }: HoursFieldsProps) {
  const text = useText();
  const put = (index: number, part: Partial<VisitHours>) =>
    onChange(
      windows.map((hours, i) => (i === index ? { ...hours, ...part } : hours)),
      `window${index}`,
    );
  const isBad = windows.some((hours) => !VisitHours.safeParse(hours).success);
  return (
    <div>
      <span className="soft">
        {text.ground.window} {windows.length === 0 && text.ground.anyTime}
      </span>
      {windows.map((hours, index) => (
        <div key={index} className="shape-row">
          {(['from', 'to'] as const).map((end) => (
            <input
              key={end}
              className="field is-clock"
              value={hours[end]}
              maxLength={5}
              placeholder="08:00"
              aria-label={`${text.ground.window} ${index + 1} ${end === 'from' ? 1 : 2}`}
              onChange={({ target }) => put(index, { [end]: target.value })}
            />
          ))}
          <button
            type="button"
            className="button is-small"
            onClick={() => onChange(windows.filter((_, i) => i !== index))}
          >
            {text.ground.remove}
          </button>
        </div>
      ))}
      {isBad && <p className="is-warned">{text.ground.windowBad}</p>}
      {windows.length < MOST_WINDOWS && (
        <button
          type="button"
          className="button is-small"
          onClick={() => onChange([...windows, { from: '08:00', to: '10:00' }])}
        >
          {text.ground.addWindow}
        </button>
      )}
    </div>
  );
}
