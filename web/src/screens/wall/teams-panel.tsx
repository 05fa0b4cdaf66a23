import { FORCES, TEAM_STATUSES } from '@app/shared';
import { useCallback, useMemo } from 'react';
import { Chart, type ChartHit } from '../../charts/chart.js';
import { FORCE_COLOUR, teamsOption } from '../../charts/teams-option.js';
import { isFree, teamsByStatus } from '../../store/tallies.js';
import { useWall } from '../../store/wall.store.js';
import { useText } from '../../ui/catalogue.js';
import { Panel } from '../../ui/panel.js';
import { useRootPx } from '../../ui/use-root-px.js';
import { usePictureState } from './use-panel-state.js';

/** Teams by status and force, counted from the picture on this wall. Statuses that nobody has are left out. */
export function TeamsPanel() {
  const text = useText();
  const px = useRootPx();
  const state = usePictureState();
  const teams = useWall((wall) => wall.teams);
  const showList = useWall((wall) => wall.showList);
  const tallies = useMemo(
    () => teamsByStatus(teams.values(), TEAM_STATUSES).filter(({ teams: members }) => members.length > 0),
    [teams],
  );
  const option = useMemo(() => teamsOption(tallies, text, px * 0.9), [tallies, text, px]);
  const onHit = useCallback(
    ({ series }: ChartHit) => {
      const tally = tallies[series];
      if (tally) showList({ of: 'teams', ids: tally.teams, title: text.teamStatus[tally.status] });
    },
    [tallies, showList, text],
  );
  const free = [...teams.values()].filter(isFree).length;
  return (
    <Panel title={text.wall.teams} className="teams" {...state}>
      <Chart option={option} label={text.wall.teams} onHit={onHit} />
      <p className="chart-key">
        {FORCES.map((force) => (
          <span key={force}>
            <i style={{ background: FORCE_COLOUR[force] }} /> {text.force[force]}
          </span>
        ))}
        <span>
          {text.wall.freeTeams(free, teams.size)} · {text.wall.usualNone}
        </span>
      </p>
    </Panel>
  );
}
