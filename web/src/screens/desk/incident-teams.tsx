import { type Assignment, ENDED_STEPS, type Incident, toMs } from '@app/shared';
import { useInstallation } from '../../link/installation.js';
import { etaMinutes } from '../../store/attention.js';
import type { Fleet } from '../../store/fleet.js';
import { useWall } from '../../store/wall.store.js';
import { useText } from '../../ui/catalogue.js';
import { ageText, momentText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';
import { CrewSteps } from './crew-steps.js';
import type { OpenIncident } from './use-incident.js';

export interface IncidentTeamsProps {
  readonly incident: Incident;
  readonly fleet: Fleet;
  readonly act: OpenIncident['act'];
  readonly isBusy: boolean;
  readonly note: string;
}

/** The teams of an incident: those bound to it with what each may do next, then those that were. */
export function IncidentTeams({ incident, fleet, act, isBusy, note }: IncidentTeamsProps) {
  const text = useText();
  const { assignments } = incident;
  if (assignments.length === 0) return null;
  const isBound = ({ step }: Assignment) => !ENDED_STEPS.includes(step);
  const bound = assignments.filter(isBound);
  const left = assignments.filter((assignment) => !isBound(assignment));
  return (
    <section className="crew">
      <h4>{text.desk.crew(bound.length)}</h4>
      <ul>
        {[...bound, ...left].map((assignment, index) => (
          <li key={`${assignment.team}:${index}`} className={isBound(assignment) ? '' : 'is-over'}>
            <CrewRow assignment={assignment} goal={incident} fleet={fleet} />
            <CrewSteps
              who={{ team: assignment.team }}
              actions={assignment.actions}
              words={text.action}
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

function CrewRow({
  assignment: { team, callSign, step, times },
  goal,
  fleet,
}: {
  assignment: Assignment;
  goal: Incident;
  fleet: Fleet;
}) {
  const text = useText();
  const now = useNow();
  const { settings } = useInstallation();
  const mode = useWall((wall) => wall.teams.get(team)?.mode);
  const at = times[step];
  const place = fleet.place(team);
  const isOnTheWay = step === 'dispatched' || step === 'acknowledged' || step === 'departed';
  const eta = isOnTheWay && mode && place ? etaMinutes(mode, place, goal) : undefined;
  return (
    <span className="crew-who">
      <b>{callSign}</b>
      {mode && <span className="soft">{text.mode[mode]}</span>}
      <span>
        {text.step[step]}
        {at && ` ${momentText(toMs(at), now, settings.timeZone)}`}
      </span>
      {eta !== undefined && <span className="soft">{text.wall.eta(eta)}</span>}
      {place && isOnTheWay && (
        <span className="soft">{text.desk.positionAge(ageText(now - place.observedAt, text))}</span>
      )}
    </span>
  );
}
