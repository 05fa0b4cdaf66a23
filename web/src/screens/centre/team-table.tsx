import { type TeamCard, TEAM_STATUSES } from '@app/shared';
import { Table, type TableColumnsType } from 'antd';
import { useMemo } from 'react';
import { useCentreName } from '../../link/installation.js';
import type { Fleet } from '../../store/fleet.js';
import { STALE_POSITION_MS } from '../../store/fleet-columns.js';
import { useWall } from '../../store/wall.store.js';
import { useText } from '../../ui/catalogue.js';
import { ageText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';
import { forcesText } from '../desk/desk-words.js';

export interface TeamTableProps {
  readonly fleet: Fleet;
  readonly only: ReadonlySet<string> | undefined;
  readonly onAll: () => void;
  readonly onIncident: (id: string) => void;
  readonly onTeam: (id: string) => void;
}

/** Teams that the centre sees, with what binds them and the age of where they are. */
export function TeamTable({ fleet, only, onAll, onIncident, onTeam }: TeamTableProps) {
  const text = useText();
  const teams = useWall((wall) => wall.teams);
  const isKnown = useWall((wall) => wall.isKnown);
  const columns = useColumns(fleet, onIncident, onTeam);
  const rows = useMemo(() => {
    const order = (card: TeamCard) => TEAM_STATUSES.indexOf(card.status);
    return [...teams.values()]
      .filter(({ id }) => !only || only.has(id))
      .sort((a, b) => order(a) - order(b) || (a.callSign < b.callSign ? -1 : 1));
  }, [teams, only]);
  return (
    <div className="incident-table">
      {only && (
        <p className="filters">
          <button type="button" className="button filter-bounds" onClick={onAll}>
            {text.desk.teamsByFigure(rows.length)} ×
          </button>
        </p>
      )}
      <div className="table-box">
        <Table<TeamCard>
          size="small"
          rowKey="id"
          columns={columns}
          dataSource={rows}
          pagination={false}
          sticky
          showSorterTooltip={false}
          locale={{ emptyText: isKnown ? text.desk.noTeams : text.state.none }}
        />
      </div>
    </div>
  );
}

function useColumns(
  fleet: Fleet,
  onIncident: (id: string) => void,
  onTeam: (id: string) => void,
): TableColumnsType<TeamCard> {
  const text = useText();
  const centreName = useCentreName();
  return useMemo(
    () => [
      {
        key: 'callSign',
        title: text.desk.callSign,
        width: '9em',
        sorter: (a, b) => (a.callSign < b.callSign ? -1 : 1),
        render: (_, { id, callSign }) => (
          <button type="button" className="crumb" title={text.patrol.openTeam} onClick={() => onTeam(id)}>
            <b>{callSign}</b>
          </button>
        ),
      },
      {
        key: 'status',
        title: text.desk.statusOf,
        width: '8em',
        filters: TEAM_STATUSES.map((status) => ({ value: status, text: text.teamStatus[status] })),
        onFilter: (value, { status }) => status === value,
        render: (_, { status }) => text.teamStatus[status],
      },
      {
        key: 'mode',
        title: text.desk.mode,
        width: '13em',
        render: (_, { mode, tier }) => `${text.mode[mode]} · ${text.desk.tier(tier)}`,
      },
      {
        key: 'forces',
        title: text.desk.forces,
        render: (_, { forces, withheld }) => forcesText(forces, text, withheld),
      },
      { key: 'centre', title: text.desk.home, render: (_, { centre }) => centreName(centre) },
      {
        key: 'incidents',
        title: text.desk.boundTo,
        render: (_, { incidents }) =>
          incidents.map((id) => <IncidentLink key={id} id={id} onOpen={() => onIncident(id)} />),
      },
      {
        key: 'position',
        title: text.desk.position,
        width: '11em',
        render: (_, { id, grain }) => (
          <>
            <PositionAge fleet={fleet} team={id} />
            {grain && <small className="soft"> {text.patrol.positions[grain]}</small>}
          </>
        ),
      },
    ],
    [text, centreName, fleet, onIncident, onTeam],
  );
}

function IncidentLink({ id, onOpen }: { id: string; onOpen: () => void }) {
  const number = useWall((wall) => wall.incidents.get(id)?.number);
  if (number === undefined) return null;
  return (
    <button type="button" className="crumb number" onClick={onOpen}>
      {number}
    </button>
  );
}

function PositionAge({ fleet, team }: { fleet: Fleet; team: string }) {
  const text = useText();
  const now = useNow();
  const place = fleet.place(team);
  if (!place) return <span className="is-warned">{text.desk.noPosition}</span>;
  const age = now - place.observedAt;
  return <span className={age > STALE_POSITION_MS ? 'is-warned' : ''}>{ageText(age, text)}</span>;
}
