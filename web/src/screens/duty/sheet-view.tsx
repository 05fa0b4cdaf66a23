import { type DutyShift, type HandoverSheet, type SheetChange, toMs } from '@app/shared';
import type { ReactNode } from 'react';
import { useCentreName, useInstallation } from '../../link/installation.js';
import { usePerson } from '../../link/use-person.js';
import { useText } from '../../ui/catalogue.js';
import { SeverityMark } from '../../ui/severity-mark.js';
import { momentText } from '../../ui/time-format.js';
import { IncidentName } from '../desk/sensitive-mark.js';
import { WrittenWords } from '../desk/written-words.js';
import { useNow } from '../../ui/use-now.js';

export interface SheetViewProps {
  readonly shift: DutyShift;
  readonly onIncident: (id: string) => void;
}

/** A handover sheet, line by line: what is open, how often it was handed over, and what changed since it was signed. */
export function SheetView({ shift, onIncident }: SheetViewProps) {
  const text = useText();
  const { sheet, after } = shift;
  return (
    <div className="duty-sheet">
      <SheetSection title={text.duty.incidents(sheet.incidents.length + added(after, 'incidents'))}>
        <Incidents sheet={sheet} after={after} onIncident={onIncident} />
      </SheetSection>
      <SheetSection title={text.duty.alerts(sheet.alerts.length + added(after, 'alerts'))}>
        <Alerts sheet={sheet} after={after} />
      </SheetSection>
      <SheetSection
        title={text.duty.instructionsOpen(sheet.instructions.length + added(after, 'instructions'))}
      >
        <Instructions sheet={sheet} after={after} />
      </SheetSection>
      <SheetSection title={text.duty.matters(sheet.matters.length + added(after, 'matters'))}>
        <Matters sheet={sheet} after={after} />
      </SheetSection>
    </div>
  );
}

const added = (after: SheetChange | null, list: keyof SheetChange['added']): number =>
  after?.added[list].length ?? 0;

function SheetSection({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h4>{title}</h4>
      {children}
    </section>
  );
}

interface ListProps {
  readonly sheet: HandoverSheet;
  readonly after: SheetChange | null;
}

function Incidents({ sheet, after, onIncident }: ListProps & Pick<SheetViewProps, 'onIncident'>) {
  const text = useText();
  const now = useNow();
  const centreName = useCentreName();
  const { settings } = useInstallation();
  const fresh = after?.added.incidents ?? [];
  const rows = [...fresh, ...sheet.incidents];
  if (rows.length === 0) return <Nothing />;
  return (
    <ul className="duty-list">
      {rows.map((incident, index) => (
        <li key={incident.id} className={goneClass(after, `incident:${incident.id}`)}>
          <SeverityMark severity={incident.severity} size={1.375} />
          <button type="button" className="crumb number" onClick={() => onIncident(incident.id)}>
            {incident.number}
          </button>
          <span>
            <IncidentName card={incident} />
          </span>
          <span className={`status is-${incident.status}`}>{text.status[incident.status]}</span>
          <span className="soft duty-place">{centreName(incident.centre)}</span>
          {incident.due && (
            <span className={toMs(incident.due.at) < now ? 'due is-over' : 'soft'}>
              {text.desk.dueAt(momentText(toMs(incident.due.at), now, settings.timeZone))}
            </span>
          )}
          <Standing
            carried={incident.carried}
            isNew={index < fresh.length}
            isGone={isGone(after, `incident:${incident.id}`)}
          />
        </li>
      ))}
    </ul>
  );
}

function Alerts({ sheet, after }: ListProps) {
  const text = useText();
  const now = useNow();
  const centreName = useCentreName();
  const { settings } = useInstallation();
  const fresh = after?.added.alerts ?? [];
  const rows = [...fresh, ...sheet.alerts];
  if (rows.length === 0) return <Nothing />;
  return (
    <ul className="duty-list">
      {rows.map((alert, index) => (
        <li key={alert.id} className={goneClass(after, `alert:${alert.id}`)}>
          <SeverityMark severity={alert.severity} size={1.375} />
          <span>
            {alert.deviation
              ? `${alert.deviation.callSign} ${text.deviation.kind[alert.deviation.kind]}`
              : text.category[alert.category]}
          </span>
          <span className={alert.state === 'raised' ? 'is-raised' : 'soft'}>
            {text.alertState[alert.state]}
          </span>
          <span className="soft duty-place">{centreName(alert.centre)}</span>
          <span className="soft">
            {text.wall.sinceClock(momentText(toMs(alert.since), now, settings.timeZone))}
          </span>
          <Standing
            carried={alert.carried}
            isNew={index < fresh.length}
            isGone={isGone(after, `alert:${alert.id}`)}
          />
        </li>
      ))}
    </ul>
  );
}

function Instructions({ sheet, after }: ListProps) {
  const text = useText();
  const now = useNow();
  const centreName = useCentreName();
  const { settings } = useInstallation();
  const fresh = after?.added.instructions ?? [];
  const rows = [...fresh, ...sheet.instructions];
  const stateText: Readonly<Record<string, string>> = text.duty.instructionState;
  if (rows.length === 0) return <Nothing />;
  return (
    <ul className="duty-list">
      {rows.map(({ id, from, to, state, urgent, dueAt, overdue, carried }, index) => (
        <li key={id} className={goneClass(after, `instruction:${id}`)}>
          {urgent && <b className="is-abnormal">{text.duty.urgent}</b>}
          <span className="duty-place">
            {centreName(from)} → {centreName(to)}
          </span>
          <span>{stateText[state] ?? state}</span>
          <span className={overdue ? 'due is-over' : 'soft'}>
            {text.duty.answerWas(momentText(toMs(dueAt), now, settings.timeZone))}
          </span>
          <Standing
            carried={carried}
            isNew={index < fresh.length}
            isGone={isGone(after, `instruction:${id}`)}
          />
        </li>
      ))}
    </ul>
  );
}

function Matters({ sheet, after }: ListProps) {
  const personName = usePerson();
  const fresh = after?.added.matters ?? [];
  const rows = [...fresh, ...sheet.matters];
  if (rows.length === 0) return <Nothing />;
  return (
    <ul className="duty-list">
      {rows.map(({ id, number, text: words, by, carried }, index) => (
        <li key={id} className={goneClass(after, `matter:${id}`)}>
          <span className="number">{number}</span>
          <span className="duty-words">
            <WrittenWords words={words} />
          </span>
          <span className="soft">{personName(by)}</span>
          <Standing carried={carried} isNew={index < fresh.length} isGone={isGone(after, `matter:${id}`)} />
        </li>
      ))}
    </ul>
  );
}

function Nothing() {
  const text = useText();
  return <p className="soft duty-nothing">{text.duty.nothing}</p>;
}

const isGone = (after: SheetChange | null, key: string): boolean => after?.gone.includes(key) ?? false;
const goneClass = (after: SheetChange | null, key: string): string => (isGone(after, key) ? 'is-gone' : '');

/** How long a line has been handed on, and what happened to it between the two signatures. */
export function Standing(props: { carried: number; isNew?: boolean; isGone?: boolean }) {
  const text = useText();
  const { carried, isNew = false, isGone = false } = props;
  return (
    <span className="duty-standing">
      {isNew && <b className="tag is-new">{text.duty.isNew}</b>}
      {isGone && <span className="tag">{text.duty.isGone}</span>}
      {carried > 0 && <span className="tag">{text.duty.carried(carried)}</span>}
    </span>
  );
}
