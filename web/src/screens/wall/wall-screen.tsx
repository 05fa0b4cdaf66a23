import { useFigures } from '../../link/figures.js';
import { useInstallation } from '../../link/installation.js';
import { useBasemap } from '../../link/use-basemap.js';
import { useLiveWall } from '../../store/use-live-wall.js';
import { useWall } from '../../store/wall.store.js';
import { useViewportScale } from '../../ui/use-viewport-scale.js';
import { AlertsPanel } from './alerts-panel.js';
import { AttentionPanel } from './attention-panel.js';
import { BlindBanner } from './blind-banner.js';
import { DrivePanel } from './drive-panel.js';
import { FiguresRow } from './figures-row.js';
import { HoursPanel } from './hours-panel.js';
import { ListSheet } from './list-sheet.js';
import { StatusAgePanel } from './status-age-panel.js';
import { StatusStrip } from './status-strip.js';
import { TeamsPanel } from './teams-panel.js';
import { SosBanner } from './sos-banner.js';
import { useDrill } from './use-drill.js';
import { useLeaveWhenRefused } from './use-leave-when-refused.js';
import { WallMap } from './wall-map.js';
import './wall.css';

/** The duty officer's wall: what needs somebody, where it is, and whether any of it is unusual. Nothing scrolls. */
export function WallScreen() {
  useViewportScale();
  const { session, settings } = useInstallation();
  const scope = session.centre.id;
  const fleet = useLiveWall(scope);
  useLeaveWhenRefused();
  const figures = useFigures(scope);
  const basemap = useBasemap();
  const drill = useDrill();
  const isBlind = useWall((wall) => wall.sight.state === 'blind');

  return (
    <main className={`wall ${isBlind ? 'is-blind' : ''}`}>
      <StatusStrip />
      <div className="wall-left">
        <AttentionPanel fleet={fleet} />
        {settings.demo && <DrivePanel drill={drill} />}
      </div>
      <div className="wall-middle">
        <FiguresRow figures={figures} />
        <WallMap basemap={basemap} fleet={fleet} drill={drill} />
        <ListSheet />
      </div>
      <div className="wall-right">
        <AlertsPanel />
        <HoursPanel figures={figures} />
        <StatusAgePanel figures={figures} />
        <TeamsPanel />
      </div>
      <SosBanner fleet={fleet} />
      <BlindBanner />
    </main>
  );
}
