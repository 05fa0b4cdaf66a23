import { type AlertCard, bboxOf, type BBox, type LngLat } from '@app/shared';
import { useEffect, useMemo, useRef, useState } from 'react';
import { AlertLayer } from '../../layers/alert-layer.js';
import { BasemapLayer } from '../../layers/basemap-layer.js';
import { EdgeMarkOverlay } from '../../layers/edge-mark-overlay.js';
import { GroundLayer } from '../../layers/ground-layer.js';
import { FleetLayer } from '../../layers/fleet-layer.js';
import { IncidentLayer } from '../../layers/incident-layer.js';
import { InspectOverlay } from '../../layers/inspect-overlay.js';
import { KeySiteLayer } from '../../layers/key-site-layer.js';
import { LostLayer } from '../../layers/lost-layer.js';
import { MapLegend } from '../../layers/map-legend.js';
import { MapNote } from '../../layers/map-note.js';
import type { Basemap } from '../../link/basemap.js';
import { SosLayer } from '../../layers/sos-layer.js';
import { useInstallation } from '../../link/installation.js';
import { HomeCamera } from '../../map/home-camera.js';
import { MapView, useEngine, useUnit } from '../../map/map-view.js';
import type { Fleet } from '../../store/fleet.js';
import { freeTeamsNear } from '../../store/tallies.js';
import { useShownGround } from '../../store/use-ground.js';
import { useWall } from '../../store/wall.store.js';
import { useText } from '../../ui/catalogue.js';
import { homeBox } from './home-box.js';
import type { Drill } from './use-drill.js';

const isStill = new URLSearchParams(location.search).get('still') === '1';

const LATE_MS = 1_000;

interface Focus {
  readonly incidents: ReadonlySet<string>;
  readonly teams: ReadonlySet<string>;
  readonly box: BBox | undefined;
}

interface WallMapProps {
  /** What moves is drawn without it. */
  readonly basemap: Basemap | undefined;
  readonly fleet: Fleet;
  readonly drill: Drill;
}

/** The map of the wall: at rest on the built-up area, on request on one incident or exactly one alert. */
export function WallMap({ basemap, fleet, drill }: WallMapProps) {
  const text = useText();
  const { settings, session, centres } = useInstallation();
  const home = useMemo(() => homeBox(basemap, centres.get(session.centre.id)), [basemap, centres, session]);
  const selection = useWall((wall) => wall.selection);
  const select = useWall((wall) => wall.select);
  const [focus, setFocus] = useState<Focus>();
  const alert = selection?.kind === 'alert' ? selection.id : undefined;
  const ground = useShownGround(session.centre.id);
  const isEarly = useEarly();
  const provenAt = useWall((wall) => wall.provenAt);
  const card = useWall((wall) => (alert === undefined ? undefined : wall.alerts.get(alert)));

  // Again with each change of the alert: one that grows shows its new incidents, one that is gone lets go.
  useEffect(() => {
    setFocus(card && focusOn(card, fleet));
  }, [card, fleet]);

  const camera = { center: [(home[0] + home[2]) / 2, (home[1] + home[3]) / 2] as LngLat, zoom: 12 };
  const only = focus ? { only: focus.incidents } : {};
  return (
    <div className={`wall-map ${drill.picking ? 'is-picking' : ''}`}>
      <MapView
        settings={settings}
        camera={camera}
        label={text.product}
        isEarly={isEarly}
        overlay={
          <>
            <EdgeMarkOverlay {...only} />
            <InspectOverlay fleet={fleet} ground={ground} />
            <MapNote basemap={basemap} observedAt={provenAt} />
            <MapLegend ground={ground} />
          </>
        }
      >
        {basemap && (
          <>
            <BasemapLayer basemap={basemap} />
            <KeySiteLayer basemap={basemap} />
            {ground.shown && <GroundLayer {...ground.shown} />}
            <AlertLayer basemap={basemap} {...(alert === undefined ? {} : { only: alert })} />
          </>
        )}
        <IncidentLayer {...only} />
        <FleetLayer fleet={fleet} isStill={isStill} {...(focus ? { only: focus.teams } : {})} />
        <LostLayer fleet={fleet} />
        <SosLayer fleet={fleet} />
        <CameraMan home={home} focusBox={focus?.box} />
        <DrillPlace drill={drill} />
      </MapView>
      {focus && (
        <p className="map-focus">
          {text.wall.showingAlert(focus.incidents.size, focus.teams.size)}
          <button type="button" className="button" onClick={() => select(undefined)}>
            {text.wall.showAll}
          </button>
        </p>
      )}
    </div>
  );
}

/** Whether the first picture is still to come: what needs somebody stands in it. No map waits longer than a second. */
function useEarly(): boolean {
  const isKnown = useWall((wall) => wall.isKnown);
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), LATE_MS);
    return () => clearTimeout(timer);
  }, []);
  return !isKnown && !isLate;
}

/** What one alert is about, as it is at this moment: its incidents and the free teams near them. */
function focusOn(alert: AlertCard, fleet: Fleet): Focus {
  const { incidents, teams } = useWall.getState();
  const members = alert.incidents.flatMap((id) => incidents.get(id) ?? []);
  const { deviation } = alert;
  const itself = deviation && fleet.places(new Set([deviation.team])).get(deviation.team);
  const places = members.length > 0 ? members : [itself ?? alert];
  const near = freeTeamsNear(places, teams, fleet.places());
  const positions = fleet.places(new Set(near));
  const box = bboxOf([...places, ...positions.values()].map(({ lng, lat }): LngLat => [lng, lat]));
  return { incidents: new Set(members.map(({ id }) => id)), teams: new Set(near), box };
}

/** Goes where a person points, and home again a minute after the last touch. */
function CameraMan({ home, focusBox }: { home: BBox; focusBox: BBox | undefined }) {
  const engine = useEngine();
  const unit = useUnit();
  const selection = useWall((wall) => wall.selection);
  const select = useWall((wall) => wall.select);
  const camera = useRef<HomeCamera>(null);
  const first = useRef(home);

  useEffect(() => {
    const made = new HomeCamera(engine, { box: first.current, paddingPx: 24 * unit }, () =>
      select(undefined),
    );
    camera.current = made;
    return () => made.destroy();
  }, [engine, unit, select]);

  // With the basemap one knows where the built-up area is.
  useEffect(() => camera.current?.settle(home, 24 * unit), [engine, unit, home]);

  useEffect(() => {
    if (focusBox) camera.current?.visit(widened(focusBox, 0.004), 70 * unit);
  }, [focusBox, unit]);

  useEffect(() => {
    if (selection?.kind !== 'incident') return;
    const incident = useWall.getState().incidents.get(selection.id);
    if (incident)
      camera.current?.visit(widened([incident.lng, incident.lat, incident.lng, incident.lat], 0.012), 0);
  }, [selection]);
  return null;
}

const widened = ([west, south, east, north]: BBox, by: number): BBox => [
  west - by,
  south - by,
  east + by,
  north + by,
];

function DrillPlace({ drill }: { drill: Drill }) {
  const engine = useEngine();
  const { picking, startAt } = drill;
  useEffect(
    () => (picking ? engine.onClick([], (_hits, at) => startAt(at)) : undefined),
    [engine, picking, startAt],
  );
  return null;
}
