import {
  DEPARTMENT_ACTIONS,
  type DepartmentAssignment,
  ENDED_STEPS,
  type Incident,
  nameIn,
  toMs,
} from '@app/shared';
import { useInstallation } from '../../link/installation.js';
import { useLanguage, useText } from '../../ui/catalogue.js';
import { momentText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';
import { CrewSteps } from './crew-steps.js';
import type { OpenIncident } from './use-incident.js';

export interface IncidentDepartmentsProps {
  readonly incident: Incident;
  readonly act: OpenIncident['act'];
  readonly isBusy: boolean;
  readonly note: string;
}

/** The departments of an incident: those that are on it with what the desk may note next, then those that were. */
export function IncidentDepartments({ incident, act, isBusy, note }: IncidentDepartmentsProps) {
  const text = useText();
  const { departmentAssignments: all = [] } = incident;
  if (all.length === 0) return null;
  const isOver = ({ step }: DepartmentAssignment) => ENDED_STEPS.includes(step);
  const bound = all.filter((one) => !isOver(one));
  return (
    <section className="crew">
      <h4>{text.department.sent(bound.length)}</h4>
      <ul>
        {[...bound, ...all.filter(isOver)].map((assignment, index) => (
          <li key={`${assignment.department}:${index}`} className={isOver(assignment) ? 'is-over' : ''}>
            <Who assignment={assignment} />
            <CrewSteps
              who={{ department: assignment.department }}
              actions={DEPARTMENT_ACTIONS.filter((action) => assignment.actions.includes(action))}
              words={text.department.step}
              act={act}
              isBusy={isBusy}
              note={note}
            />
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
