import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useHandheld } from '../../store/handheld.store.js';
import { useText } from '../../ui/catalogue.js';
import { CheckInSheet } from './check-in-sheet.js';
import { CrewWork } from './crew-work.js';
import { HandheldHead } from './handheld-head.js';
import { PlanList } from './plan-list.js';
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
  const { door, kept } = useHandheld();
  if (!kept || door === 'shut' || door === 'another') return <AtTheDoor />;
  return <Handheld />;
}

function Handheld() {
  const text = useText();
  const kept = useHandheld((state) => state.kept);
  const place = usePlace();
  const [open, setOpen] = useState<'check-in' | 'report'>();
  if (!kept) return null;
  const close = () => setOpen(undefined);
  return (
    <main className="handheld">
      <HandheldHead kept={kept} />
      <QueueList kept={kept} />
      <CrewWork kept={kept} />
      <PlanList kept={kept} place={place} />
      <VisitRecord kept={kept} />
      <nav className="hh-bar">
        <button type="button" onClick={() => setOpen('report')}>
          {text.handheld.report}
        </button>
        <button type="button" className="is-main" onClick={() => setOpen('check-in')}>
          {text.handheld.checkIn}
        </button>
        <SosButton kept={kept} place={place} />
      </nav>
      {open === 'check-in' && <CheckInSheet kept={kept} onClose={close} />}
      {open === 'report' && <ReportSheet kept={kept} place={place} onClose={close} />}
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
      <QueueList kept={undefined} />
    </main>
  );
}
