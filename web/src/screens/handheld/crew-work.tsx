import { evidenceRuleFor, type IncidentAction, type IncidentItem, TEAM_FLOW, toMs } from '@app/shared';
import { useState } from 'react';
import type { Kept } from '../../link/handheld-box.js';
import { handheldSync, useHandheld } from '../../store/handheld.store.js';
import { crewStepOf } from '../../store/handheld-view.js';
import { useText } from '../../ui/catalogue.js';
import { SeverityMark } from '../../ui/severity-mark.js';
import { clockText } from '../../ui/time-format.js';
import { DeclineSheet } from './decline-sheet.js';
import { PhotoButton } from './photo-button.js';

/** Where the team is sent, with the next step as one tap; and its own status while it is sent nowhere. */
export function CrewWork({ kept }: { kept: Kept }) {
  const text = useText();
  const { incidents, handheld } = kept;
  const mine = incidents.filter(({ assignments }) =>
    assignments.some(({ team, actions }) => team === handheld.team.id && actions.length > 0),
  );
  const told = incidents.filter((incident) => !mine.includes(incident));
  return (
    <section className="hh-work">
      {mine.map((incident) => (
        <Assignment key={incident.id} incident={incident} kept={kept} />
      ))}
      {mine.length === 0 && <OwnStatus kept={kept} />}
      {told.length > 0 && <h2>{text.handheld.told}</h2>}
      {told.map(({ id, number, category, status, place }) => (
        <p key={id} className="hh-line">
          {text.category[category]} {place ?? number} <span className="hh-state">{text.status[status]}</span>
        </p>
      ))}
    </section>
  );
}

function Assignment({ incident, kept }: { incident: IncidentItem; kept: Kept }) {
  const text = useText();
  const queue = useHandheld((state) => state.queue);
  const [isDeclining, setDeclining] = useState(false);
  const crew = crewStepOf(incident, kept.handheld.team.id, queue);
  if (!crew) return null;
  const rule = evidenceRuleFor(kept.handheld.evidence ?? [], 'complete', incident.category);
  const { id, number, version, category, severity, place, description, lng, lat, since } = incident;
  const tell = (action: IncidentAction, reason?: string) => {
    const at = new Date(handheldSync.serverNow()).toISOString();
    const said = reason === undefined ? {} : { reason };
    void handheldSync.add({ kind: 'step', incident: id, number, version, action, at, ...said }, number);
    setDeclining(false);
  };
  return (
    <article className="hh-incident">
      <h2>
        <SeverityMark severity={severity} /> {text.category[category]} · {place ?? number}
      </h2>
      <p className="hh-soft">
        {number} · {clockText(toMs(since), kept.timeZone)} · {lat.toFixed(5)}, {lng.toFixed(5)}
      </p>
      {description && <p>{description}</p>}
      <p>
        {text.step[crew.step]}{' '}
        {crew.isWaiting && <span className="hh-state is-waiting">{text.handheld.waiting}</span>}
      </p>
      {rule && <p className="hh-soft">{text.flow.evidence.crew(rule.what, rule.least)}</p>}
      {crew.main && (
        <button type="button" className="hh-wide is-main" onClick={() => crew.main && tell(crew.main)}>
          {text.action[crew.main]}
        </button>
      )}
      <div className="hh-row">
        {crew.others.map((action) => (
          <button
            key={action}
            type="button"
            onClick={() => (action === 'decline' ? setDeclining(true) : tell(action))}
          >
            {text.action[action]}
          </button>
        ))}
        <PhotoButton incident={id} about={number} />
      </div>
      {isDeclining && (
        <DeclineSheet
          about={number}
          onDecline={(reason) => tell('decline', reason)}
          onClose={() => setDeclining(false)}
        />
      )}
    </article>
  );
}

/** Stand by, patrol, rest: what a team says of itself. */
function OwnStatus({ kept }: { kept: Kept }) {
  const text = useText();
  const queue = useHandheld((state) => state.queue);
  const waiting = queue.flatMap(({ command, account, refusal }) =>
    command.kind === 'status' && account === kept.account && !refusal ? [command.to] : [],
  );
  const from = waiting.at(-1) ?? kept.handheld.team.status;
  return (
    <div className="hh-row" aria-label={text.handheld.status}>
      {Object.values(TEAM_FLOW[from]).map((to) => (
        <button
          key={to}
          type="button"
          onClick={() => void handheldSync.add({ kind: 'status', from, to }, kept.handheld.team.callSign)}
        >
          {text.teamStatus[to]}
        </button>
      ))}
    </div>
  );
}
