import { type Candidate, type DispatchOverride, EVIDENCE_ROLES, type Incident } from '@app/shared';
import { useEffect, useState } from 'react';
import { useInstallation } from '../../link/installation.js';
import type { Fleet } from '../../store/fleet.js';
import { useText } from '../../ui/catalogue.js';
import { RequestList } from '../patrol/request-list.js';
import { CandidateList } from './candidate-list.js';
import { Colleagues } from './colleagues.js';
import { EraseIncident } from './erase-incident.js';
import { EvidenceWanted } from './evidence-wanted.js';
import { FaultNote } from './fault-note.js';
import { IncidentActions } from './incident-actions.js';
import { IncidentCaller } from './incident-caller.js';
import { IncidentCard } from './incident-card.js';
import { IncidentCourse } from './incident-course.js';
import { IncidentDepartments } from './incident-departments.js';
import { IncidentEvidence } from './incident-evidence.js';
import { IncidentFacts } from './incident-facts.js';
import { IncidentReports } from './incident-reports.js';
import { IncidentTeams } from './incident-teams.js';
import { IncidentTimeline } from './incident-timeline.js';
import { useSent } from './sent.store.js';
import { StaleNote } from './stale-note.js';
import { useChecklist } from './use-checklist.js';
import { useIncident } from './use-incident.js';

/** One incident, whole: facts, clock, next steps, teams, who could go, and everything that was told of it. */
export function IncidentView({ id, fleet }: { id: string; fleet: Fleet }) {
  const text = useText();
  const { session } = useInstallation();
  const { incident, fault, stale, pending, act, forgive, reread } = useIncident(id);
  const card = useChecklist(id, incident);
  const [note, setNote] = useState('');
  const tell = useSent((store) => store.tell);
  useEffect(() => setNote(''), [id]);

  if (!incident)
    return fault === undefined ? <p className="soft">{text.state.loading}</p> : <FaultNote fault={fault} />;

  const isMasked = incident.view === 'masked';
  const isWhole = !isMasked && EVIDENCE_ROLES.includes(session.account.role);
  // Where a next step wants some, it stands beside the steps; by its key it stays what it is, with files on their way.
  const evidence = <IncidentEvidence key="evidence" incident={incident} onKept={reread} />;
  const send = async (
    teams: readonly Candidate[],
    departments: readonly string[],
    override?: DispatchOverride,
  ): Promise<boolean> => {
    const words = note.trim() ? { note: note.trim() } : {};
    const isOpen = incident.actions.includes('dispatch');
    if (!isOpen && !(await act('accept'))) return false;
    const sent = await act('dispatch', {
      ...(teams.length > 0 ? { teams: teams.map(({ team }) => team) } : {}),
      ...(departments.length > 0 ? { departments: [...departments] } : {}),
      ...(override ? { override } : {}),
      ...words,
    });
    if (!sent) return false;
    setNote('');
    if (teams.length === 0) return true;
    tell({
      incident: incident.id,
      number: incident.number,
      teams: teams.map(({ team, callSign }) => ({ id: team, callSign })),
    });
    return true;
  };

  return (
    <article className="incident" aria-label={incident.number}>
      <Colleagues incident={incident.id} />
      <IncidentFacts incident={incident} />
      {stale && <StaleNote stale={stale} incident={incident} onClose={forgive} />}
      <FaultNote fault={fault} onClose={forgive} />
      <EvidenceWanted incident={incident} onLook={reread} />
      <IncidentActions incident={incident} act={act} pending={pending} note={note} onNote={setNote} />
      {incident.evidence && evidence}
      <IncidentCourse incident={incident} act={act} isBusy={pending !== undefined} />
      {!isMasked && <IncidentCard list={card} />}
      <IncidentTeams incident={incident} fleet={fleet} act={act} isBusy={pending !== undefined} note={note} />
      <IncidentDepartments incident={incident} act={act} isBusy={pending !== undefined} note={note} />
      {mayReach(incident) && <CandidateList incident={incident} pending={pending} onSend={send} />}
      {isWhole && (
        <>
          {incident.hasCaller && <IncidentCaller key={incident.id} id={incident.id} />}
          <RequestList incident={incident.id} />
          <IncidentReports incident={incident} />
        </>
      )}
      {isWhole && !incident.evidence && evidence}
      <IncidentTimeline timeline={incident.timeline} card={card.value} />
      {!isMasked && <EraseIncident incident={incident} onDone={reread} />}
    </article>
  );
}

/** Whether candidates are worth asking for: teams can be sent now, or as soon as it is accepted. */
const mayReach = ({ actions, status }: Incident): boolean =>
  actions.includes('dispatch') ||
  (status === 'reported' && actions.includes('accept')) ||
  status === 'handled';
