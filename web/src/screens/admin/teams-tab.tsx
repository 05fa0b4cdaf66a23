import { Team, type TeamChange } from '@app/shared';
import { Button, Popconfirm, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { ask } from '../../link/http.js';
import { useCentreName } from '../../link/installation.js';
import { useText } from '../../ui/catalogue.js';
import { forcesText } from '../desk/desk-words.js';
import { FaultNote } from '../desk/fault-note.js';
import { TeamForm } from '../desk/team-form.js';
import { useChange } from './use-change.js';
import type { List } from './use-list.js';

/** Joint teams: made, changed and closed; never deleted. Headcounts by force, never names. */
export function TeamsTab({ list }: { list: List<Team> }) {
  const text = useText();
  const { items, fault, reload } = list;
  const change = useChange(reload);
  const [isNew, setNew] = useState(false);
  const [edited, setEdited] = useState<Team>();
  const centreName = useCentreName();
  const alter = ({ id, version }: Team, part: Omit<TeamChange, 'version'>) =>
    change.run(() => ask(`/api/teams/${id}`, Team, { method: 'PATCH', body: { version, ...part } }));
  const columns: TableColumnsType<Team> = [
    { key: 'callSign', title: text.desk.callSign, render: (_, { callSign }) => <b>{callSign}</b> },
    {
      key: 'mode',
      title: text.desk.mode,
      render: (_, { mode, tier }) => `${text.mode[mode]} · ${text.desk.tier(tier)}`,
    },
    {
      key: 'forces',
      title: text.desk.forces,
      render: (_, { forces, withheld }) => forcesText(forces, text, withheld),
    },
    { key: 'centre', title: text.desk.home, render: (_, { centre }) => centreName(centre) },
    {
      key: 'shared',
      title: text.desk.admin.sharedWith,
      render: (_, { sharedWith }) => sharedWith.map(centreName).join(text.listComma) || '—',
    },
    { key: 'status', title: text.desk.statusOf, render: (_, { status }) => text.teamStatus[status] },
    {
      key: 'acts',
      title: '',
      render: (_, team) => (
        <span className="row-acts">
          <Button size="small" onClick={() => setEdited(team)}>
            {text.desk.admin.change}
          </Button>
          <Popconfirm title={text.desk.admin.closeTeamAsk} onConfirm={() => void alter(team, { close: {} })}>
            <Button size="small" danger>
              {text.desk.admin.close}
            </Button>
          </Popconfirm>
        </span>
      ),
    },
  ];
  return (
    <>
      <div className="filters">
        <Button type="primary" onClick={() => setNew(true)}>
          {text.desk.admin.newTeam}
        </Button>
      </div>
      <FaultNote fault={fault ?? (isNew || edited ? undefined : change.fault)} onClose={change.forgive} />
      <div className="table-box">
        <Table<Team>
          size="small"
          rowKey="id"
          columns={columns}
          dataSource={items ? [...items] : []}
          loading={!items && fault === undefined}
          pagination={false}
          sticky
        />
      </div>
      {isNew && (
        <TeamForm
          fault={change.fault}
          isBusy={change.isBusy}
          onCancel={() => setNew(false)}
          onSave={async (body) => {
            if (await change.run(() => ask('/api/teams', Team, { method: 'POST', body }))) setNew(false);
          }}
        />
      )}
      {edited && (
        <TeamForm
          team={edited}
          fault={change.fault}
          isBusy={change.isBusy}
          onCancel={() => setEdited(undefined)}
          onSave={async ({ centre: _centre, status: _status, ...part }) => {
            if (await alter(edited, part)) setEdited(undefined);
          }}
        />
      )}
    </>
  );
}
