import { Token, TOKEN_SCOPES, type TokenDraft } from '@app/shared';
import { Button, Checkbox, Form, Input, Modal, Popconfirm, Select, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { z } from 'zod';
import { ask, askRaw } from '../../link/http.js';
import { useCentreName } from '../../link/installation.js';
import { serverClock } from '../../ui/server-clock.js';
import { useText } from '../../ui/catalogue.js';
import { CentreChoice } from '../desk/centre-choice.js';
import { FaultNote } from '../desk/fault-note.js';
import { SecretOnce } from './secret-once.js';
import { useChange } from './use-change.js';
import { useList } from './use-list.js';
import { When } from './when.js';

const Issued = z.object({ secret: z.string() });
const DAY_MS = 86_400_000;
/** For how many days a token may be issued; 0: until it is revoked. */
const LASTS_DAYS = [30, 90, 365, 0] as const;

/** Tokens of programs and partners, limited to a centre's subtree. */
export function TokensTab() {
  const text = useText();
  const { items, fault, reload } = useList('/api/tokens', Token);
  const change = useChange(reload);
  const [isNew, setNew] = useState(false);
  const [showsRevoked, setShowsRevoked] = useState(false);
  const [secret, setSecret] = useState<string>();
  const columns = useColumns(
    (id) => void change.run(() => askRaw(`/api/tokens/${id}`, { method: 'DELETE' })),
  );
  const shown = items?.filter(({ revokedAt }) => showsRevoked || revokedAt === null);

  const issue = async (body: TokenDraft) => {
    const isDone = await change.run(async () => {
      const { secret } = await ask('/api/tokens', Issued, { method: 'POST', body });
      setSecret(secret);
    });
    if (isDone) setNew(false);
  };
  return (
    <>
      <div className="filters">
        <Button type="primary" onClick={() => setNew(true)}>
          {text.desk.admin.newToken}
        </Button>
        <Checkbox checked={showsRevoked} onChange={({ target }) => setShowsRevoked(target.checked)}>
          {text.desk.admin.showRevoked}
        </Checkbox>
      </div>
      <FaultNote fault={fault ?? (isNew ? undefined : change.fault)} onClose={change.forgive} />
      <div className="table-box">
        <Table<Token>
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
        <TokenForm
          fault={change.fault}
          isBusy={change.isBusy}
          onSave={issue}
          onCancel={() => setNew(false)}
        />
      )}
      <SecretOnce secret={secret} onClose={() => setSecret(undefined)} />
    </>
  );
}

function useColumns(onRevoke: (id: string) => void): TableColumnsType<Token> {
  const text = useText();
  const centreName = useCentreName();
  return [
    { key: 'name', title: text.desk.admin.name, render: (_, { name }) => <b>{name}</b> },
    {
      key: 'scopes',
      title: text.desk.admin.scopes,
      render: (_, { scopes }) => scopes.map((scope) => text.desk.admin.scope[scope]).join(text.listComma),
    },
    { key: 'centre', title: text.desk.holder, render: (_, { centre }) => centreName(centre) },
    {
      key: 'made',
      title: text.desk.admin.createdAt,
      render: (_, { createdAt }) => <When at={createdAt} />,
    },
    { key: 'seen', title: text.desk.admin.seenAt, render: (_, { seenAt }) => <When at={seenAt} /> },
    {
      key: 'ends',
      title: text.desk.admin.expiresAt,
      render: (_, { expiresAt }) => <When at={expiresAt} />,
    },
    {
      key: 'acts',
      title: '',
      render: (_, { id, revokedAt }) =>
        revokedAt ? (
          text.desk.admin.revoked
        ) : (
          <Popconfirm title={text.desk.admin.revokeAsk} onConfirm={() => onRevoke(id)}>
            <Button size="small" danger>
              {text.desk.admin.revoke}
            </Button>
          </Popconfirm>
        ),
    },
  ];
}

interface TokenFormProps {
  readonly fault: unknown;
  readonly isBusy: boolean;
  readonly onSave: (draft: TokenDraft) => Promise<void>;
  readonly onCancel: () => void;
}

interface TokenFields extends Omit<TokenDraft, 'expiresAt'> {
  readonly days: number;
}

function TokenForm({ fault, isBusy, onSave, onCancel }: TokenFormProps) {
  const text = useText();
  const [form] = Form.useForm<TokenFields>();
  const save = ({ days, ...draft }: TokenFields) => {
    const ends = new Date(serverClock.now() + days * DAY_MS).toISOString();
    void onSave({ ...draft, ...(days > 0 ? { expiresAt: ends } : {}) });
  };
  return (
    <Modal
      open
      title={text.desk.admin.newToken}
      okText={text.desk.admin.issue}
      cancelText={text.desk.cancel}
      confirmLoading={isBusy}
      onOk={() => form.submit()}
      onCancel={onCancel}
    >
      <Form form={form} layout="vertical" initialValues={{ scopes: ['read'], days: 90 }} onFinish={save}>
        <Form.Item name="name" label={text.desk.admin.name} rules={[{ required: true }]}>
          <Input autoFocus maxLength={80} />
        </Form.Item>
        <Form.Item name="centre" label={text.desk.holder} rules={[{ required: true }]}>
          <CentreChoice />
        </Form.Item>
        <Form.Item name="scopes" label={text.desk.admin.scopes} rules={[{ required: true }]}>
          <Checkbox.Group
            options={TOKEN_SCOPES.map((scope) => ({ value: scope, label: text.desk.admin.scope[scope] }))}
          />
        </Form.Item>
        <Form.Item name="days" label={text.desk.admin.lasts}>
          <Select
            options={LASTS_DAYS.map((days) => ({
              value: days,
              label: days === 0 ? text.desk.admin.lastsForever : text.desk.admin.lastsDays(days),
            }))}
          />
        </Form.Item>
      </Form>
      <FaultNote fault={fault} />
    </Modal>
  );
}
