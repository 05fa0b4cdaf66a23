import { DATUMS, Device, type DeviceDraft, NewDevice, type Team } from '@app/shared';
import { Button, Checkbox, Form, Input, Modal, Popconfirm, Select, Table, type TableColumnsType } from 'antd';
import { useMemo, useState } from 'react';
import { ask, askRaw } from '../../link/http.js';
import { useText } from '../../ui/catalogue.js';
import { FaultNote } from '../desk/fault-note.js';
import { DeviceListImport } from './device-list-import.js';
import { LastWord, useSilence } from './last-word.js';
import { SecretOnce } from './secret-once.js';
import { useChange } from './use-change.js';
import { useList } from './use-list.js';
import { When } from './when.js';

/** Devices that tell where teams are, each with a secret of its own, told once. */
export function DevicesTab({ teams }: { teams: readonly Team[] }) {
  const text = useText();
  const { items, fault, reload } = useList('/api/devices', Device);
  const change = useChange(reload);
  const [isNew, setNew] = useState(false);
  const [showsRevoked, setShowsRevoked] = useState(false);
  const [secret, setSecret] = useState<string>();
  const silence = useSilence();
  const byId = useMemo(() => new Map(teams.map((team) => [team.id, team])), [teams]);
  const callSigns = useMemo(() => new Map(teams.map(({ id, callSign }) => [id, callSign])), [teams]);
  const shown = items?.filter(({ revokedAt }) => showsRevoked || revokedAt === null);
  const rotate = (id: string) =>
    change.run(async () => {
      const device = await ask(`/api/devices/${id}/rotate`, NewDevice, { method: 'POST', body: {} });
      setSecret(device.secret ?? undefined);
    });
  const columns: TableColumnsType<Device> = [
    { key: 'number', title: text.desk.admin.deviceNumber, render: (_, { number }) => number },
    {
      key: 'name',
      title: text.desk.admin.name,
      render: (_, { name, isHandheld }) => name ?? (isHandheld ? text.handheld.title : '—'),
    },
    {
      key: 'team',
      title: text.desk.admin.team,
      render: (_, { team }) => <b>{callSigns.get(team) ?? '—'}</b>,
    },
    { key: 'external', title: text.desk.admin.externalId, render: (_, { externalId }) => externalId ?? '—' },
    {
      key: 'terminal',
      title: text.desk.admin.terminal,
      render: (_, { terminal, enrolledAt }) =>
        terminal === null ? (
          '—'
        ) : (
          <>
            {terminal} {enrolledAt === null && <span className="soft">{text.desk.admin.notEnrolled}</span>}
          </>
        ),
    },
    {
      key: 'seen',
      title: text.desk.admin.lastWord,
      render: (_, device) => <LastWord device={device} team={byId.get(device.team)} silence={silence} />,
    },
    { key: 'datum', title: text.desk.admin.datum, render: (_, { datum }) => datum.toUpperCase() },
    { key: 'made', title: text.desk.admin.createdAt, render: (_, { createdAt }) => <When at={createdAt} /> },
    {
      key: 'acts',
      title: '',
      render: (_, { id, revokedAt, isHandheld }) =>
        revokedAt ? (
          text.desk.admin.revoked
        ) : (
          <span className="acts-row">
            {!isHandheld && (
              <Popconfirm title={text.desk.admin.rotateAsk} onConfirm={() => void rotate(id)}>
                <Button size="small">{text.desk.admin.rotate}</Button>
              </Popconfirm>
            )}
            <Popconfirm
              title={text.desk.admin.revokeAsk}
              onConfirm={() => void change.run(() => askRaw(`/api/devices/${id}`, { method: 'DELETE' }))}
            >
              <Button size="small" danger>
                {text.desk.admin.revoke}
              </Button>
            </Popconfirm>
          </span>
        ),
    },
  ];
  const register = async (body: DeviceDraft) => {
    const isDone = await change.run(async () => {
      const device = await ask('/api/devices', NewDevice, { method: 'POST', body });
      setSecret(device.secret ?? undefined);
    });
    if (isDone) setNew(false);
  };
  return (
    <>
      <div className="filters">
        <Button type="primary" onClick={() => setNew(true)}>
          {text.desk.admin.newDevice}
        </Button>
        <Checkbox checked={showsRevoked} onChange={({ target }) => setShowsRevoked(target.checked)}>
          {text.desk.admin.showRevoked}
        </Checkbox>
      </div>
      <DeviceListImport callSigns={callSigns} onDone={reload} />
      <FaultNote fault={fault ?? (isNew ? undefined : change.fault)} onClose={change.forgive} />
      <div className="table-box">
        <Table<Device>
          size="small"
          rowKey="id"
          columns={columns}
          dataSource={shown ?? []}
          loading={!items && fault === undefined}
          pagination={false}
          sticky
          rowClassName={({ revokedAt }) => (revokedAt ? 'is-over' : '')}
        />
      </div>
      {isNew && (
        <DeviceForm
          teams={teams}
          fault={change.fault}
          isBusy={change.isBusy}
          onSave={register}
          onCancel={() => setNew(false)}
        />
      )}
      <SecretOnce secret={secret} onClose={() => setSecret(undefined)} />
    </>
  );
}

interface DeviceFormProps {
  readonly teams: readonly Team[];
  readonly fault: unknown;
  readonly isBusy: boolean;
  readonly onSave: (draft: DeviceDraft) => Promise<void>;
  readonly onCancel: () => void;
}

function DeviceForm({ teams, fault, isBusy, onSave, onCancel }: DeviceFormProps) {
  const text = useText();
  const [form] = Form.useForm<DeviceDraft>();
  const save = ({ team, datum, name, externalId, terminal, terminalId }: DeviceDraft) =>
    void onSave({
      team,
      ...(datum ? { datum } : {}),
      ...(name ? { name } : {}),
      ...(externalId ? { externalId } : {}),
      ...(terminal ? { terminal } : {}),
      ...(terminalId ? { terminalId } : {}),
    });
  return (
    <Modal
      open
      title={text.desk.admin.newDevice}
      okText={text.desk.admin.register}
      cancelText={text.desk.cancel}
      confirmLoading={isBusy}
      onOk={() => form.submit()}
      onCancel={onCancel}
    >
      <Form form={form} layout="vertical" initialValues={{ datum: 'wgs84' }} onFinish={save}>
        <Form.Item name="team" label={text.desk.admin.team} rules={[{ required: true }]}>
          <Select
            autoFocus
            showSearch={{ optionFilterProp: 'label' }}
            options={teams.map(({ id, callSign }) => ({ value: id, label: callSign }))}
          />
        </Form.Item>
        <Form.Item name="name" label={text.desk.admin.name}>
          <Input maxLength={80} />
        </Form.Item>
        <Form.Item name="externalId" label={text.desk.admin.externalId}>
          <Input maxLength={80} />
        </Form.Item>
        <Form.Item
          name="terminal"
          label={text.desk.admin.terminal}
          rules={[{ pattern: /^\d{1,20}$/, message: text.desk.admin.list.why.malformed }]}
        >
          <Input maxLength={20} inputMode="numeric" />
        </Form.Item>
        <Form.Item name="terminalId" label={text.desk.admin.terminalId}>
          <Input maxLength={30} />
        </Form.Item>
        <Form.Item name="datum" label={text.desk.admin.datum}>
          <Select options={DATUMS.map((datum) => ({ value: datum, label: datum.toUpperCase() }))} />
        </Form.Item>
      </Form>
      <FaultNote fault={fault} />
    </Modal>
  );
}
