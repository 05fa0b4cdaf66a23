import { useState } from 'react';
import { useText } from '../../ui/catalogue.js';
import { Age } from '../../ui/panel.js';
import { useWall } from '../../store/wall.store.js';
import { AlertDesk } from '../command/alert-desk.js';
import { CentreChoice } from '../desk/centre-choice.js';
import { DeskTabs } from '../desk/desk-tabs.js';
import { FaultNote } from '../desk/fault-note.js';
import { type ScopeDesk, ScopeFrame } from '../desk/scope-frame.js';
import { useBox } from '../desk/use-box.js';
import { DepartmentSection } from './department-section.js';
import { HandoverTab } from './handover-tab.js';
import { InstructionsTab } from './instructions-tab.js';
import { LogPanel } from './log-panel.js';
import { PastShifts } from './past-shifts.js';
import { ShiftBar } from './shift-bar.js';
import { useBoxChoice } from './use-box-choice.js';
import { useDuty } from './use-duty.js';
import './duty.css';

const TABS = ['handover', 'instructions', 'alerts', 'shifts'] as const;
type Tab = (typeof TABS)[number];

/** The duty desk of a centre: who is on, the handover, and the log beside it. */
export function DutyScreen() {
  return (
    <ScopeFrame page="duty" tabs={TABS}>
      {(desk) => <DutyDesk {...desk} />}
    </ScopeFrame>
  );
}

function DutyDesk({ scope, isOwn, tab, change, onIncident }: ScopeDesk<Tab>) {
  const text = useText();
  const duty = useDuty(scope);
  const [box, setBox] = useBoxChoice(scope);
  const [isOpen, setOpen] = useState(true);
  const list = useBox({ centre: scope, box, isOpen }, tab === 'instructions');
  const { value: shift, readAt, fault } = duty.shift;
  const provenAt = useWall((wall) => wall.provenAt);
  const ages = {
    handover: readAt,
    instructions: list.readAt,
    alerts: provenAt,
    shifts: duty.shifts.readAt,
  };
  const shifts = duty.shifts.value ?? [];
  const running = shifts.find(({ endedAt }) => endedAt === null);
  return (
    <>
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
          <DeskTabs tabs={TABS} tab={tab} labels={text.duty.tab} onTab={(next) => change({ tab: next })} />
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
            <HandoverTab shift={shift} onDone={duty.reload} onIncident={onIncident} />
          )}
          {tab === 'handover' && !shift && duty.shifts.value && !running && (
            <p className="panel-empty">{text.duty.noShift}</p>
          )}
          {tab === 'handover' && <DepartmentSection key={scope} centre={scope} />}
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
                onIncident={onIncident}
              />
            </>
          )}
          {tab === 'alerts' && <AlertDesk />}
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
      <LogPanel centre={scope} isOwn={isOwn} onIncident={onIncident} onWritten={duty.shift.reload} />
    </>
  );
}
