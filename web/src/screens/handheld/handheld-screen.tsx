import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { Crew, Kept } from '../../link/handheld-box.js';
import { handheldSync, useHandheld } from '../../store/handheld.store.js';
import { useText } from '../../ui/catalogue.js';
import { CheckInSheet } from './check-in-sheet.js';
import { CrewWork } from './crew-work.js';
import { HandheldHead } from './handheld-head.js';
import { LeaveButton } from './leave-button.js';
import { PlanList } from './plan-list.js';
import { PositionSwitch } from './position-switch.js';
import { QueueList } from './queue-list.js';
import { ReportSheet } from './report-sheet.js';
import { SosButton } from './sos-button.js';
import { useInstallable } from './use-installable.js';
import { usePlace } from './use-place.js';
import { useSync } from './use-sync.js';
import { VisitRecord } from './visit-record.js';
import './handheld.css';

/** What a team has with it on the street: one column, one thumb, with or without a network. */
export function HandheldScreen() {
  useInstallable();
  useSync();
  const { door, crew, kept } = useHandheld();
  if (!crew || door === 'shut' || door === 'another') return <AtTheDoor />;
  return kept ? <Handheld crew={crew} kept={kept} /> : <Untold crew={crew} />;
}

function Handheld({ crew, kept }: { crew: Crew; kept: Kept }) {
  const text = useText();
  const whereabouts = usePlace();
  const { place } = whereabouts;
  const [open, setOpen] = useState<'check-in' | 'report'>();
  const close = () => setOpen(undefined);
  return (
    <main className="handheld">
      <HandheldHead crew={crew} kept={kept} />
      <QueueList crew={crew} timeZone={kept.timeZone} />
      <CrewWork kept={kept} />
      <PlanList kept={kept} place={place} />
      <PositionSwitch crew={crew} kept={kept} seen={whereabouts} />
      <VisitRecord kept={kept} />
      <nav className="hh-bar">
        <button type="button" onClick={() => setOpen('report')}>
          {text.handheld.report}
        </button>
        <button type="button" className="is-main" onClick={() => setOpen('check-in')}>
          {text.handheld.checkIn}
        </button>
        <SosButton crew={crew} calls={kept.calls} place={place} />
      </nav>
      {open === 'check-in' && <CheckInSheet kept={kept} onClose={close} />}
      {open === 'report' && <ReportSheet kept={kept} place={place} onClose={close} />}
    </main>
  );
}

/** Signed in, and told nothing yet, since nobody answers: help can be called for all the same, and what waits is seen. */
function Untold({ crew }: { crew: Crew }) {
  const text = useText();
  const isOnline = useHandheld((state) => state.isOnline);
  const { place } = usePlace();
  return (
    <main className="handheld">
      <header className="hh-head">
        <div>
          <h1>{crew.callSign}</h1>
          <p role="status">{isOnline ? text.state.connecting : text.handheld.untold}</p>
        </div>
        <LeaveButton crew={crew} />
      </header>
      <button type="button" className="hh-wide" onClick={() => void handheldSync.sync()}>
        {text.handheld.askAgain}
      </button>
      <QueueList crew={crew} />
      <nav className="hh-bar is-alone">
        <SosButton crew={crew} calls={[]} place={place} />
      </nav>
    </main>
  );
}

/** Nobody has signed in, or somebody without a handheld. What waits on this machine is shown all the same. */
function AtTheDoor() {
  const text = useText();
  const navigate = useNavigate();
  const { door, isOnline } = useHandheld();
  const isWaiting = door === 'unknown' && isOnline;
  return (
    <main className="handheld">
      <h1>{text.handheld.title}</h1>
      <p>
        {isWaiting
          ? text.state.connecting
          : door === 'another'
            ? text.handheld.notYours
            : text.handheld.signInFirst}
      </p>
      {!isWaiting && (
        <button type="button" className="hh-wide" onClick={() => void navigate('/signin?to=%2Fpatrol')}>
          {text.handheld.signIn}
        </button>
      )}
      <QueueList crew={undefined} />
    </main>
  );
}
