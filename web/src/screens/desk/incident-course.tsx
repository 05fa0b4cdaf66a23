import { type Course, type Incident, type IncidentAction, needsOf, type Offer, toMs } from '@app/shared';
import { useState } from 'react';
import { useAnyCentreName } from '../../link/directory.js';
import { useInstallation } from '../../link/installation.js';
import { usePerson } from '../../link/use-person.js';
import { useText } from '../../ui/catalogue.js';
import { momentText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';
import { kindText } from './desk-words.js';
import { DueClock } from './due-clock.js';
import { StepForm } from './step-form.js';
import type { OpenIncident } from './use-incident.js';

export interface IncidentCourseProps {
  readonly incident: Incident;
  readonly act: OpenIncident['act'];
  readonly isBusy: boolean;
}

/** How the incident goes between centres and clocks: who is asked, who helps, what was returned, suspended, extended. */
export function IncidentCourse({ incident, act, isBusy }: IncidentCourseProps) {
  const text = useText();
  const personName = usePerson();
  const { course } = incident;
  const words = useCourseWords();
  if (!course) return null;
  const lines = words(course);
  const { change, supervision } = course;
  if (lines.length === 0 && course.offers.length === 0 && !change && !supervision) return null;
  const isSender = course.offers.some(({ actions }) => actions.includes('withdraw-offer'));
  return (
    <section className="course">
      {lines.map((line) => (
        <p key={line} className={course.returned ? 'is-warned' : 'soft'}>
          {line}
        </p>
      ))}
      {change && (
        <p className="is-warned">
          {text.flow.change.proposed(personName(change.by), kindText(change, text))}
        </p>
      )}
      {supervision && <SupervisionLine supervision={supervision} />}
      {course.offers.length > 0 && <h4>{text.flow.offers}</h4>}
      <ul>
        {course.offers.map((offer) => (
          <OfferRow key={offer.id} offer={offer} incident={incident} act={act} isBusy={isBusy} />
        ))}
      </ul>
      {isSender && <p className="soft">{text.flow.keepsDuty}</p>}
    </section>
  );
}

/** Who supervises and why, and by when an answer is due; on the desks of both levels. */
function SupervisionLine({ supervision }: { supervision: NonNullable<Course['supervision']> }) {
  const text = useText();
  const nameOf = useAnyCentreName();
  const { state, trigger, from, due } = supervision;
  const centre = from === null ? '' : nameOf(from);
  const { proposed, open, answered } = text.flow.supervised;
  const words =
    state === 'proposed'
      ? proposed(text.flow.trigger[trigger])
      : state === 'open'
        ? open(text.flow.trigger[trigger], centre)
        : answered(centre);
  return (
    <p className="is-warned">
      {words} {due && <DueClock due={{ stage: 'supervise', ...due }} isLong />}
    </p>
  );
}

function OfferRow({ offer, incident, act, isBusy }: IncidentCourseProps & { offer: Offer }) {
  const text = useText();
  const nameOf = useAnyCentreName();
  const [asked, setAsked] = useState<IncidentAction>();
  const { kind, from, to, next, state, due, id, actions } = offer;
  const kindText = text.flow.kind[kind];
  const words =
    state === 'assisting'
      ? text.flow.helps(nameOf(to))
      : next === null
        ? text.flow.waits(nameOf(from), kindText, nameOf(to))
        : text.flow.waitsOn(nameOf(from), kindText, nameOf(next), nameOf(to));
  const take = async (action: IncidentAction, said: object = {}): Promise<boolean> => {
    const isTaken = (await act(action, { offer: id, ...said })) !== undefined;
    if (isTaken) setAsked(undefined);
    return isTaken;
  };
  const mustSay = (action: IncidentAction) => needsOf(action).includes('reason');
  return (
    <li>
      <span className="crew-who">
        {words} {due && <DueClock due={{ stage: 'offer', ...due }} />}
      </span>
      <span className="crew-acts">
        {actions.map((action) => (
          <button
            key={action}
            type="button"
            className={`button ${action === 'accept-offer' || action === 'pass-offer' ? 'is-primary' : ''}`}
            disabled={isBusy}
            aria-expanded={asked === action}
            onClick={() => (mustSay(action) ? setAsked(action) : void take(action))}
          >
            {text.action[action]}
          </button>
        ))}
      </span>
      {asked && actions.includes(asked) && (
        <StepForm
          incident={incident}
          action={asked}
          isBusy={isBusy}
          onTake={(said) => take(asked, said)}
          onCancel={() => setAsked(undefined)}
        />
      )}
    </li>
  );
}

/** Sentences about the course, the one that asks for a decision first. */
function useCourseWords(): (course: Course) => string[] {
  const text = useText();
  const personName = usePerson();
  const now = useNow();
  const { settings } = useInstallation();
  const nameOf = useAnyCentreName();
  const when = (at: string) => momentText(toMs(at), now, settings.timeZone);
  return ({
    returned,
    suspension,
    extension,
    extended,
    reworked,
    reopened,
    followUp,
    merge,
    merged = [],
  }) => [
    ...(followUp?.dueAt
      ? [text.flow[now < toMs(followUp.dueAt) ? 'followUpDue' : 'followUpLate'](when(followUp.dueAt))]
      : []),
    ...(returned?.what === 'offer' ? [text.flow.returnedByCentre(nameOf(returned.by))] : []),
    ...(returned?.what === 'department' ? [text.department.returned] : []),
    ...(returned?.what === 'team' ? [text.flow.returnedByTeam] : []),
    ...(suspension ? [text.flow.suspended(when(suspension.until))] : []),
    ...(extension
      ? [text.flow.extension[extension.state](personName(extension.by), when(extension.dueAt))]
      : []),
    ...(extended > 0 ? [text.flow.extended(extended)] : []),
    ...(reworked > 0 ? [text.flow.reworked(reworked)] : []),
    ...(reopened > 0 ? [text.flow.reopened(reopened)] : []),
    ...(merge ? [text.flow.mergedInto(merge.number, when(merge.until))] : []),
    ...merged.map(({ number }) => text.flow.absorbed(number)),
    ...(followUp?.satisfaction ? [text.flow.followedUp(text.flow.satisfaction[followUp.satisfaction])] : []),
  ];
}
