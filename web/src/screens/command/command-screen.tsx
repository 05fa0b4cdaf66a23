import { useMemo, useState } from 'react';
import { useInstallation } from '../../link/installation.js';
import { openAlerts } from '../../store/attention.js';
import { isOpen } from '../../store/tallies.js';
import { useLiveWall } from '../../store/use-live-wall.js';
import { useWall } from '../../store/wall.store.js';
import { useText } from '../../ui/catalogue.js';
import { Panel } from '../../ui/panel.js';
import { TeamDrawer } from '../centre/team-drawer.js';
import { DeskFrame } from '../desk/desk-frame.js';
import { LevelMark } from '../desk/level-mark.js';
import { IncidentView } from '../desk/incident-view.js';
import { SentToast } from '../desk/sent-toast.js';
import { BlindBanner } from '../wall/blind-banner.js';
import { LinkState } from '../wall/link-state.js';
import { DrivePanel } from '../wall/drive-panel.js';
import { SosBanner } from '../wall/sos-banner.js';
import { useDrill } from '../wall/use-drill.js';
import { usePictureState } from '../wall/use-panel-state.js';
import { useLeaveWhenRefused } from '../wall/use-leave-when-refused.js';
import { AlertDesk } from './alert-desk.js';
import { CommandMap } from './command-map.js';
import { IncidentQueue } from './incident-queue.js';
import './command.css';

/** The commander's console: what is open, where it is, who could go, and every step with one hand on the keyboard. */
export function CommandScreen() {
  return (
    <DeskFrame page="command" head={<Head />}>
      <Console />
    </DeskFrame>
  );
}

function Head() {
  const { session } = useInstallation();
  return (
    <>
      <LevelMark scope={session.centre.id} />
      <LinkState />
    </>
  );
}

function Console() {
  const text = useText();
  const { session, settings } = useInstallation();
  const fleet = useLiveWall(session.centre.id);
  useLeaveWhenRefused();
  const drill = useDrill();
  const state = usePictureState();
  const selected = useWall((wall) => (wall.selection?.kind === 'incident' ? wall.selection.id : undefined));
  return (
    <main className="command">
      <div className="command-left">
        <Lists />
        {settings.demo && <DrivePanel drill={drill} />}
      </div>
      <CommandMap fleet={fleet} drill={drill} />
      <Panel title={text.desk.incident} {...state} className="command-right">
        {selected ? (
          <IncidentView key={selected} id={selected} fleet={fleet} />
        ) : (
          <p className="panel-empty">{text.desk.pickIncident}</p>
        )}
      </Panel>
      <TeamDrawer />
      <SentToast />
      <SosBanner fleet={fleet} />
      <BlindBanner />
    </main>
  );
}

function Lists() {
  const text = useText();
  const state = usePictureState();
  const [tab, setTab] = useState<'incidents' | 'alerts'>('incidents');
  const incidents = useWall((wall) => wall.incidents);
  const alerts = useWall((wall) => wall.alerts);
  const open = useMemo(() => [...incidents.values()].filter(isOpen).length, [incidents]);
  const raised = useMemo(
    () => openAlerts(alerts.values()).filter(({ state }) => state === 'raised').length,
    [alerts],
  );
  const count = (n: number) => (state.state === 'none' ? '—' : n);
  const tabs = (
    <span className="tabs" role="tablist">
      <button
        type="button"
        role="tab"
        aria-selected={tab === 'incidents'}
        onClick={() => setTab('incidents')}
      >
        {text.desk.queue} <b>{count(open)}</b>
      </button>
      <button type="button" role="tab" aria-selected={tab === 'alerts'} onClick={() => setTab('alerts')}>
        {text.wall.alerts} <b className={raised > 0 ? 'is-raised' : ''}>{count(raised)}</b>
      </button>
    </span>
  );
  return (
    <Panel title={tabs} {...state} className="command-lists">
      {tab === 'incidents' ? <IncidentQueue /> : <AlertDesk />}
    </Panel>
  );
}
