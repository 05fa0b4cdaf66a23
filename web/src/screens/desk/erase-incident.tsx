import { type Incident, toMs } from '@app/shared';
import { useInstallation } from '../../link/installation.js';
import { useText } from '../../ui/catalogue.js';
import { momentText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';
import { actionText } from './desk-words.js';
import { EraseWords } from './erase-words.js';

/** Erases what somebody wrote of an incident: all of it, or one text. */
export function EraseIncident({ incident, onDone }: { incident: Incident; onDone: () => void }) {
  const text = useText();
  const now = useNow();
  const { settings } = useInstallation();
  const { id, description, place, timeline } = incident;
  const said = timeline.filter(({ reason, note }) => reason !== null || note !== null);
  const parts = [
    ...(description ? [{ value: 'description', label: text.privacy.part.description }] : []),
    ...(place ? [{ value: 'place', label: text.privacy.part.place }] : []),
    ...said.map((entry) => ({
      value: entry.id,
      label: text.privacy.line(
        momentText(toMs(entry.occurredAt), now, settings.timeZone),
        actionText(entry, text),
      ),
    })),
  ];
  if (parts.length === 0) return null;
  const all = { value: 'all', label: text.privacy.part.all };
  return <EraseWords key={id} of={{ kind: 'incident', id }} parts={[...parts, all]} onDone={onDone} />;
}
