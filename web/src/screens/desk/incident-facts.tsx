import { type Incident, toMs } from '@app/shared';
import { useCentreName, useInstallation } from '../../link/installation.js';
import { useText } from '../../ui/catalogue.js';
import { SeverityMark } from '../../ui/severity-mark.js';
import { ageText, momentText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';
import { CourseMarks } from './course-marks.js';
import { DueClock } from './due-clock.js';
import { IncidentName } from './sensitive-mark.js';
import { usePlaceText } from './use-place-text.js';

/** What an incident is: head with number, status and running clock, and everything that was told of it. */
export function IncidentFacts({ incident }: { incident: Incident }) {
  const text = useText();
  const now = useNow();
  const { settings } = useInstallation();
  const centreName = useCentreName();
  const placeOf = usePlaceText();
  const { severity, number, status, due, centre, origin, lng, lat, grid } = incident;
  const when = (at: string) => momentText(toMs(at), now, settings.timeZone);
  const rows: readonly (readonly [string, string] | undefined)[] = [
    [text.desk.place, placeOf(incident)],
    [
      text.desk.coordinates,
      `${lng.toFixed(5)}, ${lat.toFixed(5)}${grid ? ` · ${text.desk.grid} ${grid}` : ''}`,
    ],
    [text.desk.holder, centreName(centre)],
    origin === centre ? undefined : [text.desk.origin, centreName(origin)],
    [text.desk.source, text.source[incident.source]],
    [
      text.desk.occurredAt,
      `${when(incident.occurredAt)} · ${ageText(now - toMs(incident.occurredAt), text)}`,
    ],
    incident.recordedAt === incident.occurredAt
      ? undefined
      : [text.desk.recordedAt, when(incident.recordedAt)],
    incident.closedAt === null ? undefined : [text.desk.closedAt, when(incident.closedAt)],
  ];
  return (
    <section className="facts">
      <header className="facts-head">
        <SeverityMark severity={severity} size={2.25} />
        <div>
          <h3>
            <IncidentName card={incident} /> <span className="number">{number}</span>
          </h3>
          <p>
            <b className={`status is-${status}`}>{text.status[status]}</b> <DueClock due={due} isLong />{' '}
            <CourseMarks card={incident} />
          </p>
        </div>
      </header>
      <dl className="facts-list">
        {rows.map(
          (row) =>
            row && (
              <div key={row[0]}>
                <dt>{row[0]}</dt>
                <dd>{row[1]}</dd>
              </div>
            ),
        )}
      </dl>
      {incident.label === 'sensitive' && (
        <p className="facts-sensitive" role="note">
          {incident.masked ? text.privacy.masked : text.privacy.wholeHint}
        </p>
      )}
      {incident.description && <p className="facts-text">{incident.description}</p>}
      <p className="facts-tags">
        {incident.label === 'sensitive' && <span className="tag is-sensitive">{text.privacy.mark}</span>}
        {incident.demo && <span className="tag">{text.state.demo}</span>}
        {incident.simulated && <span className="tag">{text.desk.simulated}</span>}
      </p>
    </section>
  );
}
