import { distanceM, toMs } from '@app/shared';
import { useEffect, useState } from 'react';
import { useEngine, useUnit } from '../map/map-view.js';
import { isOpen } from '../store/tallies.js';
import { useWall } from '../store/wall.store.js';
import { useText } from '../ui/catalogue.js';
import { SeverityMark } from '../ui/severity-mark.js';
import { incidentName } from '../ui/incident-name.js';
import { ageText } from '../ui/time-format.js';
import { useNow } from '../ui/use-now.js';
import { type EdgeMark, edgeMarks } from './edge-marks.js';
import './edge-marks.css';

const EVERY_MS = 120;

/** Open incidents that lie outside the view, as marks on its edge with their distance from its middle. */
export function EdgeMarkOverlay({ only }: { only?: ReadonlySet<string> }) {
  const engine = useEngine();
  const unit = useUnit();
  const text = useText();
  const incidents = useWall((wall) => wall.incidents);
  const select = useWall((wall) => wall.select);
  const now = useNow();
  const [marks, setMarks] = useState<readonly EdgeMark[]>([]);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const place = () => {
      timer = undefined;
      const { center } = engine.camera();
      const open = [...incidents.values()].filter(
        (incident) => isOpen(incident) && (!only || only.has(incident.id)),
      );
      const places = open.map(({ id, severity, lng, lat }) => {
        const [x, y] = engine.project([lng, lat]);
        return { id, severity, x, y, distanceM: distanceM(center, [lng, lat]) };
      });
      setMarks(edgeMarks(places, { ...engine.size(), inset: 48 * unit, spacing: 88 * unit }));
    };
    const later = () => (timer ??= setTimeout(place, EVERY_MS));
    place();
    const off = engine.onMove(later);
    window.addEventListener('resize', later);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('resize', later);
      off();
    };
  }, [engine, unit, incidents, only]);

  const titleOf = (id: string): string | undefined => {
    const card = incidents.get(id);
    return card && `${incidentName(card, text)} ${card.number} · ${ageText(now - toMs(card.since), text)}`;
  };
  return marks.map(({ id, severity, x, y, angleDeg, distanceM: metres, count }) => (
    <button
      key={id}
      type="button"
      className="edge-mark"
      title={titleOf(id)}
      style={{ left: x, top: y }}
      onClick={() => select({ kind: 'incident', id })}
    >
      <span className="edge-mark-arrow" style={{ transform: `rotate(${angleDeg}deg)` }} aria-hidden="true" />
      <SeverityMark severity={severity} size={2.25} />
      <span className="edge-mark-text">
        {text.wall.outside((metres / 1000).toFixed(metres < 9950 ? 1 : 0))}
        {count > 1 && ` ×${count}`}
      </span>
    </button>
  ));
}
