import type { Incident } from '@app/shared';
import { useCentreName } from '../../link/installation.js';
import { useWall } from '../../store/wall.store.js';
import { useText } from '../../ui/catalogue.js';
import { SeverityMark } from '../../ui/severity-mark.js';
import { DueClock } from '../desk/due-clock.js';

export interface ReportDoneProps {
  readonly incident: Incident;
  readonly onNext: () => void;
  readonly onOpen: () => void;
}

/** What a report became: its number, who has it now, and the clock that runs from here, live. */
export function ReportDone({ incident, onNext, onOpen }: ReportDoneProps) {
  const text = useText();
  const centreName = useCentreName();
  const live = useWall((wall) => wall.incidents.get(incident.id));
  const now = live ?? incident;
  return (
    <section className="report-done" role="status">
      <p className="soft">{text.desk.reportTaken}</p>
      <p className="report-number">
        <SeverityMark severity={incident.severity} size={2.25} />
        <strong className="number">{incident.number}</strong>
      </p>
      <dl className="facts-list">
        <div>
          <dt>{text.desk.category}</dt>
          <dd>{text.category[incident.category]}</dd>
        </div>
        <div>
          <dt>{text.desk.receivedBy}</dt>
          <dd>{centreName(now.centre)}</dd>
        </div>
        <div>
          <dt>{text.desk.statusOf}</dt>
          <dd>{text.status[now.status]}</dd>
        </div>
        <div>
          <dt>{text.desk.clock}</dt>
          <dd>
            <DueClock due={now.due} isLong />
          </dd>
        </div>
      </dl>
      <div className="note-acts">
        <button type="button" className="button is-primary" autoFocus onClick={onNext}>
          {text.desk.reportNext}
        </button>
        <button type="button" className="button" onClick={onOpen}>
          {text.desk.openIncident}
        </button>
      </div>
    </section>
  );
}
