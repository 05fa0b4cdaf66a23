import { type IncidentCard, type LngLat, toMs } from '@app/shared';
import { type ReactNode, useEffect, useState } from 'react';
import { useCentreName } from '../link/installation.js';
import type { MapHit } from '../map/engine.js';
import { useEngine, useUnit } from '../map/map-view.js';
import type { Fleet } from '../store/fleet.js';
import { mercatorX, mercatorY } from '../store/fleet-columns.js';
import { deviationsOfTeam } from '../store/deviations.js';
import type { GroundOnMap } from '../store/use-ground.js';
import { useWall } from '../store/wall.store.js';
import { incidentName } from '../ui/incident-name.js';
import { type Texts, useText } from '../ui/catalogue.js';
import { Age } from '../ui/panel.js';
import { ageText } from '../ui/time-format.js';
import { useNow } from '../ui/use-now.js';
import { PointTag } from './point-tag.js';
import './inspect-overlay.css';
import { sosPlace } from './sos-layer.js';

const REACH_PX = 16;
const MARKS = ['sos-rings', 'incident-marks', 'point-marks', 'alert-areas', 'alert-points'];

const KIND_OF: Readonly<Record<string, 'sos' | 'incident' | 'point'>> = {
  'sos-rings': 'sos',
  'incident-marks': 'incident',
  'point-marks': 'point',
};

/** Under the pointer: a mark of the picture, or a team. */
type Pointed =
  | { readonly kind: 'sos' | 'incident' | 'alert' | 'point'; readonly id: string; readonly at: LngLat }
  | { readonly kind: 'team'; readonly id: string; readonly at: LngLat };

/** What lies under the pointer, what is known of it, and how old that is. */
export function InspectOverlay({ fleet, ground }: { fleet: Fleet; ground: GroundOnMap }) {
  const engine = useEngine();
  const pointed = usePointed(fleet);
  // The age counts on and a team moves: both once per second.
  useNow();
  if (!pointed) return null;
  const place = pointed.kind === 'team' ? fleet.place(pointed.id) : undefined;
  const [x, y] = engine.project(place ? [place.lng, place.lat] : pointed.at);
  const { width } = engine.size();
  const side = x > width / 2 ? 'is-left' : 'is-right';
  return (
    <aside className={`inspect ${side}`} style={{ left: x, top: y }} role="status">
      {pointed.kind === 'sos' && <SosTag id={pointed.id} fleet={fleet} />}
      {pointed.kind === 'incident' && <IncidentTag id={pointed.id} />}
      {pointed.kind === 'alert' && <AlertTag id={pointed.id} />}
      {pointed.kind === 'point' && <PointTag id={pointed.id} ground={ground} />}
      {pointed.kind === 'team' && <TeamTag id={pointed.id} observedAt={place?.observedAt ?? null} />}
    </aside>
  );
}

function usePointed(fleet: Fleet): Pointed | undefined {
  const engine = useEngine();
  const unit = useUnit();
  const [mark, setMark] = useState<MapHit>();
  const [team, setTeam] = useState<Pointed>();
  useEffect(() => engine.onHover(MARKS, setMark), [engine]);
  useEffect(() => {
    let last: string | undefined;
    return engine.onPointer((at) => {
      const id = at && teamAt(at);
      if (id === last) return;
      last = id;
      setTeam(id !== undefined && at ? { kind: 'team', id, at } : undefined);
    });
    function teamAt([lng, lat]: LngLat): string | undefined {
      const [x, y] = engine.project([lng, lat]);
      const [besideLng] = engine.unproject(x + REACH_PX * unit, y);
      return fleet.pick(mercatorX(lng), mercatorY(lat), Math.abs(besideLng - lng) / 360);
    }
  }, [engine, unit, fleet]);
  const kind = KIND_OF[mark?.layer ?? ''] ?? 'alert';
  if (mark && (kind === 'sos' || kind === 'incident')) return { kind, id: mark.id, at: mark.lngLat };
  return team ?? (mark && { kind, id: mark.id, at: mark.lngLat });
}

interface TagProps {
  readonly title: ReactNode;
  readonly lines: readonly ReactNode[];
}

/** A title, lines, and when the picture that they come from was proven. */
function Tag({ title, lines }: TagProps) {
  const text = useText();
  const provenAt = useWall((wall) => wall.provenAt);
  return (
    <>
      <b>{title}</b>
      {lines.map((line, n) => (
        <span key={n}>{line}</span>
      ))}
      <span className="soft">
        {text.wall.proven} <Age at={provenAt} />
      </span>
    </>
  );
}

function SosTag({ id, fleet }: { id: string; fleet: Fleet }) {
  const text = useText();
  const now = useNow();
  const card = useWall((wall) => wall.calls.get(id));
  const team = useWall((wall) => wall.teams.get(card?.team ?? ''));
  if (!card) return <Tag title={text.wall.missedOther} lines={[]} />;
  const state = card.state === 'calling' ? text.sos.calling : text.sos.answered;
  const position = (
    <>
      {text.wall.position} <Age at={sosPlace(card, fleet, team)?.observedAt ?? null} />
    </>
  );
  const lines = [`${state} · ${ageText(now - toMs(card.at), text)}`, position];
  return <Tag title={text.sos.calls(card.callSign)} lines={lines} />;
}

function IncidentTag({ id }: { id: string }) {
  const text = useText();
  const now = useNow();
  const centreName = useCentreName();
  const card = useWall((wall) => wall.incidents.get(id));
  if (!card) return <Tag title={text.wall.missedOther} lines={[]} />;
  const where = card.place ?? centreName(card.centre);
  return (
    <Tag title={`${incidentName(card, text)} ${card.number}`} lines={[where, statusLine(card, now, text)]} />
  );
}

const statusLine = ({ status, statusAt }: IncidentCard, now: number, text: Texts): string =>
  `${text.status[status]} · ${ageText(now - toMs(statusAt), text)}`;

function AlertTag({ id }: { id: string }) {
  const text = useText();
  const now = useNow();
  const centreName = useCentreName();
  const card = useWall((wall) => wall.alerts.get(id));
  if (!card) return <Tag title={text.wall.missedOther} lines={[]} />;
  const age = ageText(now - toMs(card.since), text);
  return (
    <Tag
      title={`${centreName(card.centre)} ${text.category[card.category]}`}
      lines={[`${text.alertState[card.state]} · ${age}`]}
    />
  );
}

function TeamTag({ id, observedAt }: { id: string; observedAt: number | null }) {
  const text = useText();
  const now = useNow();
  const card = useWall((wall) => wall.teams.get(id));
  const alerts = useWall((wall) => wall.alerts);
  if (!card) return <Tag title={text.wall.missedOther} lines={[]} />;
  const status = `${text.teamStatus[card.status]} · ${ageText(now - toMs(card.statusAt), text)}`;
  const position = (
    <>
      {text.wall.position} <Age at={observedAt} />
    </>
  );
  const deviations = deviationsOfTeam(alerts.values(), id).map(({ kind }) => text.deviation.kind[kind]);
  const lines =
    deviations.length === 0 ? [status, position] : [status, position, deviations.join(text.listComma)];
  return <Tag title={`${card.callSign} · ${text.mode[card.mode]}`} lines={lines} />;
}
