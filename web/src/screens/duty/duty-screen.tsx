import { Drawer } from 'antd';
import { useCallback, useState } from 'react';
import { useSearchParams } from 'react-router';
import { useInstallation } from '../../link/installation.js';
import { useLiveWall } from '../../store/use-live-wall.js';
import { useWall } from '../../store/wall.store.js';
import { useText } from '../../ui/catalogue.js';
import { Age } from '../../ui/panel.js';
import { useRootPx } from '../../ui/use-root-px.js';
import { CentreChoice } from '../desk/centre-choice.js';
import { DeskFrame } from '../desk/desk-frame.js';
import { FaultNote } from '../desk/fault-note.js';
import { useBox } from '../desk/use-box.js';
import { IncidentView } from '../desk/incident-view.js';
import { BlindBanner } from '../wall/blind-banner.js';
import { LinkState } from '../wall/link-state.js';
import { useLeaveWhenRefused } from '../wall/use-leave-when-refused.js';
import { HandoverTab } from './handover-tab.js';
import { type Box, InstructionsTab } from './instructions-tab.js';
import { LogPanel } from './log-panel.js';
import { PastShifts } from './past-shifts.js';
import { ShiftBar } from './shift-bar.js';
import { useDuty } from './use-duty.js';
import './duty.css';

const TABS = ['handover', 'instructions', 'shifts'] as const;
type Tab = (typeof TABS)[number];

/** The duty desk of a centre: who is on, the handover, and the log beside it. */
export function DutyScreen() {
  return (
    <DeskFrame page="duty" head={<LinkState />}>
      <DutyDesk />
    </DeskFrame>
  );
}

/** What the page's address says: whose desk, and which tab. */
function useAddress() {
  const [address, setAddress] = useSearchParams();
  const { session, centres } = useInstallation();
  const asked = address.get('centre');
  const scope = asked !== null && centres.has(asked) ? asked : session.centre.id;
  const tab: Tab = TABS.find((known) => known === address.get('tab')) ?? 'handover';
  const change = useCallback(
    (part: { tab?: Tab; centre?: string }) =>
      setAddress((old) => {
        const next = new URLSearchParams(old);
        for (const [key, value] of Object.entries(part)) next.set(key, value);
        return next;
      }),
    [setAddress],
  );
  return { scope, tab, change, isOwn: scope === session.centre.id };
}

function DutyDesk() {
  const text = useText();
  const px = useRootPx();
  const { scope, tab, change, isOwn } = useAddress();
  const fleet = useLiveWall(scope);
  useLeaveWhenRefused();
  const duty = useDuty(scope);
  const select = useWall((wall) => wall.select);
  const selected = useWall((wall) => (wall.selection?.kind === 'incident' ? wall.selection.id : undefined));
  const open = useCallback((id: string) => select({ kind: 'incident', id }), [select]);
  const [box, setBox] = useState<Box>('received');
  const [isOpen, setOpen] = useState(true);
  const list = useBox({ centre: scope, box, isOpen }, tab === 'instructions');
  const { value: shift, readAt, fault } = duty.shift;
  const ages = { handover: readAt, instructions: list.readAt, shifts: duty.shifts.readAt };
  const shifts = duty.shifts.value ?? [];
  const running = shifts.find(({ endedAt }) => endedAt === null);
  return (
    <main className="duty">
      <div className="duty-top">
        {duty.shifts.value && (
          <ShiftBar
            shift={running}
            previous={shifts.find(({ id }) => id === running?.previous)}
            isOwn={isOwn}
            onDone={duty.reload}
          />
        )}
        <CentreChoice className="centre-search" value={scope} onChange={(centre) => change({ centre })} />
      </div>
      <section className="panel duty-main">
        <header className="panel-head">
          <nav className="tabs" role="tablist">
            {TABS.map((known) => (
              <button
                key={known}
                type="button"
                role="tab"
                aria-selected={tab === known}
                onClick={() => change({ tab: known })}
              >
                {text.duty.tab[known]}
              </button>
            ))}
          </nav>
          <Age at={ages[tab]} />
        </header>
        <div className="panel-body duty-scroll" role="tabpanel">
          <FaultNote fault={duty.shifts.fault ?? fault} onRetry={duty.reload} />
          {!isOwn && <p className="soft">{text.duty.readOnlyShift}</p>}
          {tab === 'handover' && duty.isPast && (
            <button type="button" className="button is-small" onClick={() => duty.open(undefined)}>
              {text.duty.backToNow}
            </button>
          )}
          {tab === 'handover' && shift && (
            <HandoverTab shift={shift} onDone={duty.reload} onIncident={open} />
          )}
          {tab === 'handover' && !shift && duty.shifts.value && !running && (
            <p className="panel-empty">{text.duty.noShift}</p>
          )}
          {tab === 'instructions' && (
            <>
              <FaultNote fault={list.fault} onRetry={list.reload} />
              <InstructionsTab
                scope={scope}
                isOwn={isOwn}
                box={box}
                onBox={setBox}
                isOpen={isOpen}
                onOpen={setOpen}
                list={list}
                onIncident={open}
              />
            </>
          )}
          {tab === 'shifts' && (
            <PastShifts
              shifts={shifts}
              opened={duty.isPast ? shift?.id : undefined}
              onOpen={(id) => {
                duty.open(id);
                change({ tab: 'handover' });
              }}
            />
          )}
        </div>
      </section>
      <LogPanel centre={scope} isOwn={isOwn} onIncident={open} onWritten={duty.shift.reload} />
      <Drawer
        open={selected !== undefined}
        onClose={() => select(undefined)}
        title={text.desk.incident}
        size={34 * px}
        mask={false}
        destroyOnHidden
        rootClassName="centre-drawer"
      >
        {selected && <IncidentView key={selected} id={selected} fleet={fleet} />}
      </Drawer>
      <BlindBanner />
    </main>
  );
}
