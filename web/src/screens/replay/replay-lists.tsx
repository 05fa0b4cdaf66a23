import type { Replay } from '@app/shared';
import type { IncidentThen, TeamThen } from '../../store/replay-at.js';
import { useText } from '../../ui/catalogue.js';
import { Panel } from '../../ui/panel.js';
import { SeverityMark } from '../../ui/severity-mark.js';
import { spanText } from '../../ui/time-format.js';

export interface ReplayListsProps {
  readonly replay: Replay;
  readonly readAt: number | null;
  readonly teams: readonly TeamThen[];
  readonly incidents: readonly IncidentThen[];
  readonly chosen: string | undefined;
  readonly onChoose: (team: string | undefined) => void;
}

/** What stood in the picture at the moment shown: every team with the age that its position had, every open incident. */
export function ReplayLists({ replay, readAt, teams, incidents, chosen, onChoose }: ReplayListsProps) {
  const text = useText();
  const then = new Map(teams.map((team) => [team.track.id, team]));
  const fresh = teams.filter(({ isOld }) => !isOld).length;
  return (
    <div className="replay-lists">
      <Panel
        title={text.replay.incidents}
        corner={<span className="soft">{text.replay.openNow(incidents.length)}</span>}
        observedAt={readAt}
        state="live"
        className="replay-incidents"
      >
        {incidents.length === 0 && <p className="panel-empty">{text.replay.noIncidents}</p>}
        {incidents.map(({ incident, status, severity }) => (
          <div key={incident.id} className="replay-row">
            <SeverityMark severity={severity} size={1.375} />
            <span className="replay-name">{text.category[incident.category]}</span>
            <span className="soft">{incident.number}</span>
            <span>{text.status[status]}</span>
          </div>
        ))}
      </Panel>
      <Panel
        title={text.replay.teams}
        corner={<span className="soft">{text.replay.heard(fresh, replay.teams.length)}</span>}
        observedAt={readAt}
        state="live"
        className="replay-teams"
      >
        {replay.teams.length === 0 && <p className="panel-empty">{text.replay.noTeams}</p>}
        {chosen !== undefined && (
          <button type="button" className="button is-small" onClick={() => onChoose(undefined)}>
            {text.replay.all}
          </button>
        )}
        {replay.teams.map(({ id, callSign, mode }) => (
          <button
            key={id}
            type="button"
            className={`replay-row ${id === chosen ? 'is-chosen' : ''}`}
            aria-pressed={id === chosen}
            title={text.replay.follow}
            onClick={() => onChoose(id === chosen ? undefined : id)}
          >
            <span className="replay-name">{callSign}</span>
            <span className="soft">{text.mode[mode]}</span>
            <TeamAge team={then.get(id)} />
          </button>
        ))}
      </Panel>
    </div>
  );
}

function TeamAge({ team }: { team: TeamThen | undefined }) {
  const text = useText();
  if (!team) return <span className="soft">{text.replay.notYet}</span>;
  return (
    <span className={team.isOld ? 'is-warned' : 'soft'}>
      {text.replay.lastHeard(spanText(team.ageMs, text))}
    </span>
  );
}
