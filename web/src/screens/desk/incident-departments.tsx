import {
  DEPARTMENT_ACTIONS,
  type DepartmentAssignment,
  ENDED_STEPS,
  type Incident,
  nameIn,
  toMs,
} from '@app/shared';
import { useState } from 'react';
import { useInstallation } from '../../link/installation.js';
import { useLanguage, useText } from '../../ui/catalogue.js';
import { momentText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';
import { DeclineForm } from './decline-form.js';
import type { OpenIncident } from './use-incident.js';

export interface IncidentDepartmentsProps {
  readonly incident: Incident;
  readonly act: OpenIncident['act'];
  readonly isBusy: boolean;
  readonly note: string;
}

type Act = IncidentDepartmentsProps['act'];

/** The departments of an incident: those that are on it with what the desk may note next, then those that were. */
export function IncidentDepartments({ incident, act, isBusy, note }: IncidentDepartmentsProps) {
  const text = useText();
  const { departmentAssignments: all = [] } = incident;
  if (all.length === 0) return null;
  const isOver = ({ step }: DepartmentAssignment) => ENDED_STEPS.includes(step);
  const bound = all.filter((one) => !isOver(one));
  const told: Act = (action, given) =>
    act(action, { ...given, ...(note.trim() ? { note: note.trim() } : {}) });
  return (
    <section className="crew">
      <h4>{text.department.sent(bound.length)}</h4>
      <ul>
        {[...bound, ...all.filter(isOver)].map((assignment, index) => (
          <li key={`${assignment.department}:${index}`} className={isOver(assignment) ? 'is-over' : ''}>
            <Who assignment={assignment} />
            <Steps assignment={assignment} act={told} isBusy={isBusy} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Who({ assignment: { names, step, times } }: { assignment: DepartmentAssignment }) {
  const text = useText();
  const now = useNow();
  const language = useLanguage((choice) => choice.language);
  const { settings } = useInstallation();
  const at = times[step];
  return (
    <span className="crew-who">
      <b>{nameIn(names, language)}</b>
      <span>
        {text.step[step]}
        {at && ` ${momentText(toMs(at), now, settings.timeZone)}`}
      </span>
    </span>
  );
}

/** A button for each step; why a department declines is asked before it is told. */
function Steps({
  assignment: { department, actions },
  act,
  isBusy,
}: {
  assignment: DepartmentAssignment;
  act: Act;
  isBusy: boolean;
}) {
  const text = useText();
  const [isAsked, setAsked] = useState(false);
  const may = DEPARTMENT_ACTIONS.filter((action) => actions.includes(action));
  if (isAsked && may.includes('decline'))
    return (
      <DeclineForm
        label={text.department.step.decline}
        isBusy={isBusy}
        onDecline={(reason) => void act('decline', { department, reason })}
        onCancel={() => setAsked(false)}
      />
    );
  return (
    <span className="crew-acts">
      {may.map((action) => (
        <button
          key={action}
          type="button"
          className={`button ${action === 'recall' ? 'is-recall' : ''}`}
          disabled={isBusy}
          onClick={() => (action === 'decline' ? setAsked(true) : void act(action, { department }))}
        >
          {text.department.step[action]}
        </button>
      ))}
    </span>
  );
}
