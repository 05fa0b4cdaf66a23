import {
  leadOf,
  spokenCallSign,
  Team,
  type TeamChange,
  teamSteps,
  type TeamStatus,
  type TeamStatusAction,
} from '@app/shared';
import { useState } from 'react';
import { ask } from '../../link/http.js';
import { useCentreName, useInstallation } from '../../link/installation.js';
import { callForHelp } from '../../link/sos.js';
import { useFetched } from '../../link/use-fetched.js';
import { useWall } from '../../store/wall.store.js';
import { useLanguage, useText } from '../../ui/catalogue.js';
import { useChange } from '../admin/use-change.js';
import { forcesText } from '../desk/desk-words.js';
import { FaultNote } from '../desk/fault-note.js';
import { TeamForm } from '../desk/team-form.js';
import { TeamDeviations } from './team-deviations.js';
import { TeamDownlink } from './team-downlink.js';

const READ_MS = 30_000;

/** One team: what it is, what it has with it, and what may be said of it next. */
export function TeamSheet({ id }: { id: string }) {
  const text = useText();
  const { session } = useInstallation();
  const version = useWall((wall) => wall.teams.get(id)?.version);
  const {
    value: team,
    fault,
    reload,
  } = useFetched({
    subject: id,
    mark: version,
    everyMs: READ_MS,
    read: (signal) => ask(`/api/teams/${id}`, Team, { signal }),
  });
  const change = useChange(reload);
  const [isEdited, setEdited] = useState(false);
  if (!team) return <FaultNote fault={fault} onRetry={reload} />;
  const alter = (part: Omit<TeamChange, 'version'>) =>
    change.run(() =>
      ask(`/api/teams/${id}`, Team, { method: 'PATCH', body: { version: team.version, ...part } }),
    );
  return (
    <section className="facts team-sheet">
      <TeamDeviations id={id} />
      <TeamFacts team={team} />
      <CallForHelp team={team} />
      <StatusButtons team={team} isBusy={change.isBusy} onStatus={(status) => void alter({ status })} />
      {session.account.role === 'commander' && (
        <p className="note-acts">
          <button type="button" className="button" onClick={() => setEdited(true)}>
            {text.patrol.editTeam}
          </button>
        </p>
      )}
      <FaultNote fault={isEdited ? undefined : change.fault} onClose={change.forgive} />
      <TeamDownlink team={team} />
      {isEdited && (
        <TeamForm
          team={team}
          fault={change.fault}
          isBusy={change.isBusy}
          onCancel={() => setEdited(false)}
          onSave={async ({ centre: _centre, status: _status, ...part }) => {
            if (await alter(part)) setEdited(false);
          }}
        />
      )}
    </section>
  );
}

/** They called on air: every screen that sees them shows it. Asked twice, since nothing takes it back but an end. */
function CallForHelp({ team: { id, callSign } }: { team: Team }) {
  const text = useText();
  const isOpen = useWall((wall) => [...wall.calls.values()].some(({ team }) => team === id));
  const [isAsked, setAsked] = useState(false);
  const change = useChange(() => setAsked(false));
  if (isOpen) return null;
  return (
    <p className="note-acts">
      {!isAsked && (
        <button type="button" className="button is-recall" onClick={() => setAsked(true)}>
          {text.sos.callFor}
        </button>
      )}
      {isAsked && (
        <>
          <span className="is-warned">{text.sos.callSure(callSign)}</span>
          <button
            type="button"
            className="button is-recall"
            disabled={change.isBusy}
            onClick={() => void change.run(() => callForHelp(id))}
          >
            {text.sos.callFor}
          </button>
          <button type="button" className="button" onClick={() => setAsked(false)}>
            {text.sos.keep}
          </button>
        </>
      )}
      <FaultNote fault={change.fault} onClose={change.forgive} />
    </p>
  );
}

function TeamFacts({ team }: { team: Team }) {
  const text = useText();
  const language = useLanguage((choice) => choice.language);
  const centreName = useCentreName();
  const { callSign, mode, tier, forces, centre, sharedWith, capabilities, equipment, post, withheld, grain } =
    team;
  const strength = Object.values(forces).reduce((sum, count) => sum + count, 0);
  const none = text.desk.noForces;
  const list = (words: readonly string[]) => words.join(text.listComma) || none;
  const rows: readonly (readonly [string, string])[] = [
    [text.patrol.said, spokenCallSign(callSign, language)],
    [text.desk.mode, `${text.mode[mode]} · ${text.desk.tier(tier)}`],
    [
      text.desk.forces,
      forcesText(forces, text, withheld) + (withheld ? '' : ` · ${text.patrol.strength(strength)}`),
    ],
    [text.patrol.leads, text.force[leadOf(team)]],
    [text.desk.home, list([centre, ...sharedWith].map(centreName))],
    [
      text.patrol.post,
      post ? `${post.place} · ${post.lng.toFixed(5)}, ${post.lat.toFixed(5)}` : text.patrol.noPost,
    ],
    [text.patrol.capabilities, list(capabilities.map((can) => text.patrol.can[can]))],
    [text.patrol.equipment, list(equipment.map((thing) => text.patrol.carries[thing]))],
    [text.patrol.positionsOf, text.patrol.positions[grain ?? 'precise']],
    [text.desk.statusOf, text.teamStatus[team.status]],
  ];
  return (
    <dl className="facts-list">
      {rows.map(([term, words]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{words}</dd>
        </div>
      ))}
    </dl>
  );
}

interface StatusButtonsProps {
  readonly team: Team;
  readonly isBusy: boolean;
  readonly onStatus: (status: TeamStatus) => void;
}

/** The steps of the team's table as buttons. */
function StatusButtons({ team, isBusy, onStatus }: StatusButtonsProps) {
  const text = useText();
  const steps = Object.entries(teamSteps(team.status)) as [TeamStatusAction, TeamStatus][];
  const isBound = team.incidents.length > 0;
  return (
    <>
      <p className="note-acts" role="group" aria-label={text.patrol.setStatus}>
        {steps.map(([action, status]) => (
          <button
            key={action}
            type="button"
            className="button"
            disabled={isBusy}
            onClick={() => onStatus(status)}
          >
            {text.patrol.say[action]}
          </button>
        ))}
      </p>
      {isBound && <p className="soft">{text.patrol.boundSteps}</p>}
    </>
  );
}
