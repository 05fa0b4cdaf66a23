import { type Assignment, ENDED_STEPS, type Incident, toMs } from '@app/shared';
import { useState } from 'react';
import { useInstallation } from '../../link/installation.js';
import { etaMinutes } from '../../store/attention.js';
import type { Fleet } from '../../store/fleet.js';
import { useWall } from '../../store/wall.store.js';
import { useText } from '../../ui/catalogue.js';
import { ageText, momentText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';
import { DeclineForm } from './decline-form.js';
import type { OpenIncident } from './use-incident.js';

export interface IncidentTeamsProps {
  readonly incident: Incident;
  readonly fleet: Fleet;
  readonly act: OpenIncident['act'];
  readonly isBusy: boolean;
  readonly note: string;
}

type Act = IncidentTeamsProps['act'];

/** The teams of an incident: those bound to it with what each may do next, then those that were. */
export function IncidentTeams({ incident, fleet, act, isBusy, note }: IncidentTeamsProps) {
  const text = useText();
  const { assignments } = incident;
  if (assignments.length === 0) return null;
  const isBound = ({ step }: Assignment) => !ENDED_STEPS.includes(step);
  const bound = assignments.filter(isBound);
  const left = assignments.filter((assignment) => !isBound(assignment));
  const told: Act = (action, given) =>
    act(action, { ...given, ...(note.trim() ? { note: note.trim() } : {}) });
  return (
    <section className="crew">
      <h4>{text.desk.crew(bound.length)}</h4>
      <ul>
        {[...bound, ...left].map((assignment, index) => (
          <li key={`${assignment.team}:${index}`} className={isBound(assignment) ? '' : 'is-over'}>
            <CrewRow assignment={assignment} goal={incident} fleet={fleet} />
            <Steps assignment={assignment} act={told} isBusy={isBusy} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A button for each step; why a team declines is asked before it is told. */
function Steps({
  assignment: { team, actions },
  act,
  isBusy,
}: {
  assignment: Assignment;
  act: Act;
  isBusy: boolean;
}) {
  const text = useText();
  const [isAsked, setAsked] = useState(false);
  if (isAsked && actions.includes('decline'))
    return (
      <DeclineForm
        label={text.action.decline}
        isBusy={isBusy}
        onDecline={(reason) => void act('decline', { team, reason })}
        onCancel={() => setAsked(false)}
      />
    );
  return (
    <span className="crew-acts">
      {actions.map((action) => (
        <button
          key={action}
          type="button"
          className={`button ${action === 'recall' ? 'is-recall' : ''}`}
          disabled={isBusy}
          onClick={() => (action === 'decline' ? setAsked(true) : void act(action, { team }))}
        >
          {text.action[action]}
        </button>
      ))}
    </span>
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
