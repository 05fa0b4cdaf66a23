import type { Candidate, DispatchOverride, Incident, IncidentAction } from '@app/shared';
import { type FocusEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { type Texts, useText } from '../../ui/catalogue.js';
import { Age } from '../../ui/panel.js';
import { CandidateRow } from './candidate-row.js';
import { isCandidateKey, type Marks, marksAfter, toggled, toSend } from './candidate-keys.js';
import { DepartmentChoice } from './department-choice.js';
import { OverrideNote } from './override-note.js';
import { FaultNote } from './fault-note.js';
import { useHeldOrder } from './held-order.js';
import { useCandidates } from './use-candidates.js';
import { useDepartments } from './use-departments.js';

const NOTHING: readonly Candidate[] = [];
const NOBODY: Marks = { active: undefined, ticked: new Set() };
const keyOf = ({ team }: Candidate): string => team;

export interface CandidateListProps {
  readonly incident: Incident;
  readonly pending: IncidentAction | undefined;
  /** True when they were sent. */
  readonly onSend: (
    teams: readonly Candidate[],
    departments: readonly string[],
    override?: DispatchOverride,
  ) => Promise<boolean>;
}

/**
 * Who could go, teams and then departments: by mouse (boxes) or by keyboard (↑↓ Space Enter), several at once. The order
 * holds still while somebody works in the list; a hint says when another one waits. A busy team goes only with a reason.
 */
export function CandidateList({ incident, pending, onSend }: CandidateListProps) {
  const text = useText();
  const { candidates, fault } = useCandidates(incident.id);
  const [isHeld, setHeld] = useState(false);
  const [marks, setMarks] = useState(NOBODY);
  const [reason, setReason] = useState('');
  const why = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const { items, isWaiting, resort } = useHeldOrder(candidates?.items ?? NOTHING, keyOf, isHeld);
  const { open, bound, fault: unread } = useDepartments(incident);
  const teams = items.filter(({ reason }) => reason === null);
  const departments = open.map(({ id }) => id).filter((id) => !bound.has(id));
  const sendable = items.filter((one) => one.reason === null || one.override);
  const free = [...sendable.map(keyOf), ...departments];
  const chosen = new Set(toSend(marks, free));
  const going = sendable.filter(({ team }) => chosen.has(team));
  const busy = going.filter((one) => one.reason !== null);
  const others = departments.filter((id) => chosen.has(id));
  const maySend = incident.actions.includes('dispatch') || incident.actions.includes('accept');

  useEffect(() => {
    setMarks(NOBODY);
    setReason('');
  }, [incident.id]);
  useEffect(() => {
    const row = marks.active && list.current?.querySelector(`#candidate-${marks.active}`);
    if (row) row.scrollIntoView({ block: 'nearest' });
  }, [marks.active]);

  const maySendChosen = chosen.size > 0 && maySend && !pending;
  const isUnsaid = busy.length > 0 && !reason.trim();
  const send = async () => {
    if (!maySendChosen) return;
    if (isUnsaid) return why.current?.focus();
    const override = overrideFor(busy, reason);
    if (!(await onSend(going, others, ...(override ? [override] : [])))) return;
    setMarks(NOBODY);
    setReason('');
  };
  const tick = (id: string) => setMarks({ active: id, ticked: toggled(marks.ticked, id) });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') void send();
    else if (event.key === 'r' && isWaiting) resort();
    else if (isCandidateKey(event.key)) setMarks(marksAfter(marks, event.key, free));
    else return;
    event.preventDefault();
  };
  const onBlur = ({ currentTarget, relatedTarget }: FocusEvent) => {
    if (!currentTarget.contains(relatedTarget)) setHeld(false);
  };

  return (
    <section className="candidates">
      <header>
        <h4>{text.desk.candidates(teams.length, items.length)}</h4>
        <Age at={candidates ? Date.parse(candidates.at) : null} />
      </header>
      <FaultNote fault={candidates ? undefined : fault} />
      <div
        ref={list}
        className="candidate-list"
        role="listbox"
        aria-multiselectable="true"
        aria-label={text.desk.candidates(teams.length, items.length)}
        aria-activedescendant={marks.active && `candidate-${marks.active}`}
        tabIndex={0}
        onFocus={() => setHeld(true)}
        onBlur={onBlur}
        onPointerEnter={() => setHeld(true)}
        onPointerLeave={({ currentTarget }) => setHeld(currentTarget.contains(document.activeElement))}
        onKeyDown={onKeyDown}
      >
        <div className="candidate-rows" role="presentation">
          <div className="candidate is-head" role="presentation">
            <span />
            <span>{text.desk.callSign}</span>
            <span>{text.desk.distance}</span>
            <span>{text.desk.estimate}</span>
            <span>{text.desk.statusOf}</span>
            <span>{text.desk.forces}</span>
            <span title={text.desk.leavesFreeHint}>{text.desk.leavesFree}</span>
          </div>
          {candidates && items.length === 0 && (
            <p className="soft candidate-none">{text.desk.noCandidates}</p>
          )}
          {items.map((candidate) => (
            <CandidateRow
              key={candidate.team}
              candidate={candidate}
              isActive={marks.active === candidate.team}
              isTicked={marks.ticked.has(candidate.team)}
              onTick={() => tick(candidate.team)}
            />
          ))}
        </div>
        <DepartmentChoice open={open} bound={bound} marks={marks} onTick={tick} />
      </div>
      <OverrideNote busy={busy} reason={reason} field={why} onReason={setReason} onSend={() => void send()} />
      <FaultNote fault={unread} />
      {isWaiting && (
        <button type="button" className="button candidate-resort" onClick={resort}>
          {text.desk.resort}
        </button>
      )}
      <footer>
        <button
          type="button"
          className="button is-primary"
          disabled={!maySendChosen || isUnsaid}
          onClick={() => void send()}
        >
          {sendText(text, incident.actions.includes('dispatch') || !maySend, [going.length, others.length])}
        </button>
        <span className="soft">
          {maySend ? text.desk.candidateKeys : text.desk.sendNotNow(text.status[incident.status])}
        </span>
        <small className="soft">{text.desk.estimateMethod}</small>
      </footer>
    </section>
  );
}

function overrideFor(busy: readonly Candidate[], reason: string): DispatchOverride | undefined {
  if (busy.length === 0) return undefined;
  const teams = busy.map(({ team, override }) => ({ id: team, incidents: override?.incidents ?? [] }));
  return { teams, reason: reason.trim() };
}

function sendText(text: Texts, isOpen: boolean, [teams, departments]: readonly [number, number]): string {
  const words = isOpen ? 'send' : 'acceptAndSend';
  return departments === 0 ? text.desk[words](teams) : text.department[words](teams, departments);
}
