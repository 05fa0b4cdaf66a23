import type { LngLat } from '@app/shared';
import { useMemo } from 'react';
import { AlertLayer } from '../../layers/alert-layer.js';
import { EdgeMarkOverlay } from '../../layers/edge-mark-overlay.js';
import { GroundLayer } from '../../layers/ground-layer.js';
import { FleetLayer } from '../../layers/fleet-layer.js';
import { IncidentLayer } from '../../layers/incident-layer.js';
import { InspectOverlay } from '../../layers/inspect-overlay.js';
import { LostLayer } from '../../layers/lost-layer.js';
import { MapLegend } from '../../layers/map-legend.js';
import { PickLayer } from '../../layers/pick-layer.js';
import { SosLayer } from '../../layers/sos-layer.js';
import { useInstallation } from '../../link/installation.js';
import type { Fleet } from '../../store/fleet.js';
import { useShownGround } from '../../store/use-ground.js';
import { useWall } from '../../store/wall.store.js';
import { DeskMap } from '../desk/desk-map.js';
import type { Drill } from '../wall/use-drill.js';

const isStill = new URLSearchParams(location.search).get('still') === '1';

/** Everything that is open, with the incident or alert selected; a click starts an exercise while one is chosen. */
export function CommandMap({ fleet, drill }: { fleet: Fleet; drill: Drill }) {
  const { session } = useInstallation();
  const selection = useWall((wall) => wall.selection);
  const incident = useWall((wall) =>
    selection?.kind === 'incident' ? wall.incidents.get(selection.id) : undefined,
  );
  const alert = useWall((wall) => (selection?.kind === 'alert' ? wall.alerts.get(selection.id) : undefined));
  const provenAt = useWall((wall) => wall.provenAt);
  const deviating = alert?.deviation?.team;
  const about = useMemo(
    () =>
      incident ??
      (deviating === undefined ? alert : (fleet.places(new Set([deviating])).get(deviating) ?? alert)),
    [incident, alert, deviating, fleet],
  );
  const place = useMemo((): LngLat | undefined => about && [about.lng, about.lat], [about?.lng, about?.lat]);
  const members = useMemo(() => alert && new Set(alert.incidents), [alert]);
  const ground = useShownGround(session.centre.id);
  const only = members && members.size > 0 ? { only: members } : {};
  return (
    <div className={`desk-map ${drill.picking ? 'is-picking' : ''}`}>
      <DeskMap
        centre={session.centre.id}
        place={place}
        observedAt={provenAt}
        overlay={
          <>
            <EdgeMarkOverlay {...only} />
            <InspectOverlay fleet={fleet} ground={ground} />
            <MapLegend ground={ground} />
          </>
        }
      >
        {(basemap) => (
          <>
            {ground.shown && <GroundLayer {...ground.shown} />}
            <AlertLayer basemap={basemap} {...(alert ? { only: alert.id } : {})} />
            <IncidentLayer {...only} />
            <FleetLayer fleet={fleet} isStill={isStill} />
            <LostLayer fleet={fleet} />
            <SosLayer fleet={fleet} />
            <PickLayer place={undefined} onPick={drill.picking && drill.startAt} />
          </>
        )}
      </DeskMap>
    </div>
  );
}
