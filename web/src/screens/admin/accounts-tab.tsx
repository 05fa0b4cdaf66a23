import { Account, type AccountChange, type AccountDraft, type Role, ROLES, type Team } from '@app/shared';
import { Button, Form, Input, Modal, Popconfirm, Select, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { z } from 'zod';
import { ask } from '../../link/http.js';
import { useCentreName } from '../../link/installation.js';
import { useText } from '../../ui/catalogue.js';
import { CentreChoice } from '../desk/centre-choice.js';
import { FaultNote } from '../desk/fault-note.js';
import { SecretOnce } from './secret-once.js';
import { PersonLogin } from './person-login.js';
import { useChange } from './use-change.js';
import { useList } from './use-list.js';
import { When } from './when.js';

const Changed = z.object({ otp: z.object({ secret: z.string() }).optional() });

/** Logins of the subtree: made, given another role or place, shut out and let in again. Never a person's name. */
export function AccountsTab({ teams }: { teams: readonly Team[] }) {
  const text = useText();
  const { items, fault, reload } = useList('/api/accounts', Account);
  const change = useChange(reload);
  const [isNew, setNew] = useState(false);
  const [edited, setEdited] = useState<Account>();
  const [secret, setSecret] = useState<string>();
  const centreName = useCentreName();

  const placeOf = (centre: string, team: string | null) => {
    const found = team === null ? undefined : teams.find(({ id }) => id === team);
    return found ? `${centreName(centre)} · ${found.callSign}` : centreName(centre);
  };
  const alter = (account: Account, part: Omit<AccountChange, 'version'>) =>
    change.run(async () => {
      const body = { version: account.version, ...part };
      const answer = await ask(`/api/accounts/${account.id}`, Changed, { method: 'PATCH', body });
      setSecret(answer.otp?.secret);
    });
  const columns: TableColumnsType<Account> = [
    {
      key: 'name',
      title: text.signIn.account,
      width: '27rem',
      render: (_, { name, demo }) => (
        <>
          <PersonLogin login={name} /> {demo && <span className="tag">{text.state.demo}</span>}
        </>
      ),
    },
    { key: 'role', title: text.desk.admin.role, render: (_, { role }) => text.role[role] },
    { key: 'centre', title: text.desk.holder, render: (_, { centre, team }) => placeOf(centre, team) },
    {
      key: 'otp',
      title: text.desk.admin.otp,
      render: (_, { hasOtp }) => (hasOtp ? text.desk.admin.yes : text.desk.admin.no),
    },
    {
      key: 'state',
      title: text.desk.statusOf,
      render: (_, { disabledAt }) => (disabledAt ? text.desk.admin.disabled : text.desk.admin.active),
    },
    { key: 'made', title: text.desk.admin.createdAt, render: (_, { createdAt }) => <When at={createdAt} /> },
    {
      key: 'acts',
      title: '',
      width: '26em',
      render: (_, account) => (
        <span className="row-acts">
          <Button size="small" onClick={() => setEdited(account)}>
            {text.desk.admin.change}
          </Button>
          <Button size="small" onClick={() => void alter(account, { disabled: account.disabledAt === null })}>
            {account.disabledAt ? text.desk.admin.enable : text.desk.admin.disable}
          </Button>
          <Button size="small" onClick={() => void alter(account, { unlock: true })}>
            {text.desk.admin.unlock}
          </Button>
          <Popconfirm
            title={account.hasOtp ? text.desk.admin.otpOffAsk : text.desk.admin.otpNewAsk}
            onConfirm={() => void alter(account, { otp: account.hasOtp ? 'none' : 'new' })}
          >
            <Button size="small">{account.hasOtp ? text.desk.admin.otpOff : text.desk.admin.otpNew}</Button>
          </Popconfirm>
        </span>
      ),
    },
  ];
  return (
    <>
      <div className="filters">
        <Button type="primary" onClick={() => setNew(true)}>
          {text.desk.admin.newAccount}
        </Button>
      </div>
      <FaultNote fault={fault ?? (isNew || edited ? undefined : change.fault)} onClose={change.forgive} />
      <div className="table-box">
        <Table<Account>
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
        <AccountForm
          teams={teams}
          fault={change.fault}
          isBusy={change.isBusy}
          onCancel={() => setNew(false)}
          onSave={async (body) => {
            const isDone = await change.run(() => ask('/api/accounts', Account, { method: 'POST', body }));
            if (isDone) setNew(false);
          }}
        />
      )}
      {edited && (
        <AccountForm
          teams={teams}
          account={edited}
          fault={change.fault}
          isBusy={change.isBusy}
          onCancel={() => setEdited(undefined)}
          onSave={async ({ role, centre, team, password }) => {
            const place = role === 'team' ? { team } : { centre };
            if (await alter(edited, { role, ...place, ...(password ? { password } : {}) }))
              setEdited(undefined);
          }}
        />
      )}
      <SecretOnce secret={secret} onClose={() => setSecret(undefined)} />
    </>
  );
}

interface AccountFormProps {
  readonly teams: readonly Team[];
  readonly account?: Account;
  readonly fault: unknown;
  readonly isBusy: boolean;
  readonly onSave: (draft: AccountDraft) => Promise<void>;
  readonly onCancel: () => void;
}

function AccountForm({ teams, account, fault, isBusy, onSave, onCancel }: AccountFormProps) {
  const text = useText();
  const [form] = Form.useForm<AccountDraft>();
  const isHandheld = Form.useWatch('role', form) === 'team';
  const roles = ROLES.map((role: Role) => ({ value: role, label: text.role[role] }));
  return (
    <Modal
      open
      title={account ? account.name : text.desk.admin.newAccount}
      okText={text.desk.admin.save}
      cancelText={text.desk.cancel}
      confirmLoading={isBusy}
      onOk={() => form.submit()}
      onCancel={onCancel}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={
          account
            ? { role: account.role, centre: account.centre, ...(account.team ? { team: account.team } : {}) }
            : { role: 'staff' }
        }
        onFinish={(draft) => void onSave(draft)}
      >
        {!account && (
          <Form.Item name="name" label={text.signIn.account} rules={[{ required: true }]}>
            <Input autoFocus maxLength={48} />
          </Form.Item>
        )}
        <Form.Item
          name="password"
          label={account ? text.desk.admin.newPassword : text.signIn.newPassword}
          rules={[{ required: !account }]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Form.Item name="role" label={text.desk.admin.role} rules={[{ required: true }]}>
          <Select options={roles} />
        </Form.Item>
        {isHandheld ? (
          <Form.Item name="team" label={text.desk.admin.team} rules={[{ required: true }]}>
            <Select
              showSearch={{ optionFilterProp: 'label' }}
              options={teams.map(({ id, callSign }) => ({ value: id, label: callSign }))}
            />
          </Form.Item>
        ) : (
          <Form.Item name="centre" label={text.desk.holder} rules={[{ required: true }]}>
            <CentreChoice />
          </Form.Item>
        )}
      </Form>
      <FaultNote fault={fault} />
    </Modal>
  );
}
