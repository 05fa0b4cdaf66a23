import { toMs } from '@app/shared';
import { type KeyboardEvent, useMemo, useState } from 'react';
import { awaitsTeam } from '../../store/attention.js';
import { useWall } from '../../store/wall.store.js';
import { useText } from '../../ui/catalogue.js';
import { SeverityMark } from '../../ui/severity-mark.js';
import { ageText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';
import { CourseMarks } from '../desk/course-marks.js';
import { DueClock } from '../desk/due-clock.js';
import { useHeldOrder } from '../desk/held-order.js';
import { IncidentName } from '../desk/sensitive-mark.js';
import { usePlaceText } from '../desk/use-place-text.js';
import { type Ranked, rankIncidents } from './incident-ranks.js';

const RANK_EVERY_MS = 5000;
const keyOf = ({ incident }: Ranked): string => incident.id;

/** Open incidents, those that need somebody first. While somebody works in the list its order holds still. */
export function IncidentQueue() {
  const text = useText();
  const incidents = useWall((wall) => wall.incidents);
  const isKnown = useWall((wall) => wall.isKnown);
  const select = useWall((wall) => wall.select);
  const selected = useWall((wall) => (wall.selection?.kind === 'incident' ? wall.selection.id : undefined));
  const [isHeld, setHeld] = useState(false);
  const now = Math.floor(useNow() / RANK_EVERY_MS) * RANK_EVERY_MS;
  const ranked = useMemo(() => rankIncidents(incidents, now), [incidents, now]);
  const { items, isWaiting, resort } = useHeldOrder(ranked, keyOf, isHeld);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'r' && isWaiting) resort();
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const at = items.findIndex(({ incident }) => incident.id === selected);
    const next = items[Math.max(0, Math.min(items.length - 1, at + (event.key === 'ArrowDown' ? 1 : -1)))];
    if (next) select({ kind: 'incident', id: next.incident.id });
    event.preventDefault();
  };

  if (!isKnown) return <p className="panel-none">{text.state.none}</p>;
  return (
    <div
      className="queue"
      role="listbox"
      aria-label={text.desk.queue}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onFocus={() => setHeld(true)}
      onBlur={({ currentTarget, relatedTarget }) => setHeld(currentTarget.contains(relatedTarget))}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={({ currentTarget }) => setHeld(currentTarget.contains(document.activeElement))}
    >
      {isWaiting && (
        <button type="button" className="button queue-resort" onClick={resort}>
          {text.desk.resort}
        </button>
      )}
      {items.length === 0 && <p className="panel-empty">{text.desk.queueEmpty}</p>}
      {items.map((ranked) => (
        <QueueRow
          key={ranked.incident.id}
          ranked={ranked}
          isSelected={ranked.incident.id === selected}
          onSelect={() => select({ kind: 'incident', id: ranked.incident.id })}
        />
      ))}
    </div>
  );
}

function QueueRow({
  ranked: { incident, needsSomebody },
  isSelected,
  onSelect,
}: {
  ranked: Ranked;
  isSelected: boolean;
  onSelect: () => void;
}) {
  const text = useText();
  const now = useNow();
  const placeOf = usePlaceText();
  const teams = useWall((wall) => wall.teams);
  const { severity, number, status, due, since } = incident;
  const going = incident.teams.map(({ id }) => teams.get(id)?.callSign ?? '—').join(text.listComma);
  return (
    <div
      role="option"
      aria-selected={isSelected}
      className={`queue-row ${isSelected ? 'is-selected' : ''} ${needsSomebody ? 'needs-somebody' : ''}`}
      onClick={onSelect}
    >
      <SeverityMark severity={severity} size={1.875} />
      <span className="queue-main">
        <span className="queue-top">
          <b>
            <IncidentName card={incident} />
          </b>
          {/* Where there is no room for all of it, the end is what tells numbers apart. */}
          <span className="number soft" dir="rtl">
            <bdi>{number}</bdi>
          </span>
          <span className={`status is-${status}`}>{text.status[status]}</span>
        </span>
        <span className="queue-place">{placeOf(incident)}</span>
        <span className="queue-foot">
          {due ? (
            <DueClock due={due} />
          ) : (
            <span className="soft">{going || (awaitsTeam(incident) ? text.wall.nobody : '')}</span>
          )}
          {due && going && <span className="soft queue-going">{going}</span>}
          <CourseMarks card={incident} />
          <span className="soft">{ageText(now - toMs(since), text)}</span>
        </span>
      </span>
    </div>
  );
}
