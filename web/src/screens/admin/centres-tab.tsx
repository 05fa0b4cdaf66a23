import { Centre, type CentreChange, type Names, nameIn } from '@app/shared';
import { Button, Form, Input, Modal, Select, Table, type TableColumnsType } from 'antd';
import { useMemo, useState } from 'react';
import { ask } from '../../link/http.js';
import { useInstallation } from '../../link/installation.js';
import { useLanguage, useText } from '../../ui/catalogue.js';
import { CentreChoice } from '../desk/centre-choice.js';
import { FaultNote } from '../desk/fault-note.js';
import { useChange } from './use-change.js';
import { useList } from './use-list.js';

interface Node extends Centre {
  readonly children?: Node[];
}

/** The tree of centres: names and aliases are changed, a centre that ends names its successor. */
export function CentresTab() {
  const text = useText();
  const language = useLanguage((choice) => choice.language);
  const { settings } = useInstallation();
  const { items, fault, reload } = useList('/api/centres', Centre);
  const change = useChange(reload);
  const [edited, setEdited] = useState<Centre>();
  const [ended, setEnded] = useState<Centre>();
  const [typed, setTyped] = useState('');
  const nodes = useMemo(() => (typed ? found(items ?? [], typed) : grown(items ?? [])), [items, typed]);
  const alter = ({ id, version }: Centre, part: Omit<CentreChange, 'version'>) =>
    change.run(() => ask(`/api/centres/${id}`, Centre, { method: 'PATCH', body: { version, ...part } }));
  const levelOf = (level: string) => {
    const known = settings.levels.find((one) => one.level === level);
    return known ? nameIn(known.names, language) : level;
  };
  const columns: TableColumnsType<Node> = [
    {
      key: 'name',
      title: text.desk.admin.name,
      render: (_, { names, closedAt }) => (
        <>
          <b>{nameIn(names, language)}</b>{' '}
          {closedAt && <span className="tag">{text.desk.admin.centreClosed}</span>}
        </>
      ),
    },
    { key: 'level', title: text.desk.admin.level, width: '9em', render: (_, { level }) => levelOf(level) },
    { key: 'code', title: text.desk.admin.code, width: '12em', render: (_, { code }) => code ?? '—' },
    {
      key: 'aliases',
      title: text.desk.admin.aliases,
      render: (_, { aliases }) => aliases.join(text.listComma) || '—',
    },
    {
      key: 'abbreviation',
      title: text.desk.admin.abbreviation,
      width: '12em',
      render: (_, { abbreviation }) => abbreviation ?? '—',
    },
    {
      key: 'acts',
      title: '',
      width: '14em',
      render: (_, centre) =>
        centre.closedAt === null && (
          <span className="row-acts">
            <Button size="small" onClick={() => setEdited(centre)}>
              {text.desk.admin.change}
            </Button>
            {centre.parent !== null && (
              <Button size="small" danger onClick={() => setEnded(centre)}>
                {text.desk.admin.close}
              </Button>
            )}
          </span>
        ),
    },
  ];
  return (
    <>
      <div className="filters">
        <Input.Search
          className="filter-text"
          allowClear
          placeholder={text.desk.admin.searchCentre}
          onChange={({ target }) => setTyped(target.value.trim())}
        />
      </div>
      <FaultNote fault={fault ?? (edited || ended ? undefined : change.fault)} onClose={change.forgive} />
      <div className="table-box">
        <Table<Node>
          key={items ? 'read' : 'unread'}
          size="small"
          rowKey="id"
          columns={columns}
          dataSource={nodes}
          loading={!items && fault === undefined}
          pagination={false}
          sticky
          expandable={{ defaultExpandedRowKeys: (items ?? []).slice(0, 1).map(({ id }) => id) }}
          rowClassName={({ closedAt }) => (closedAt ? 'is-over' : '')}
        />
      </div>
      {edited && (
        <NamesForm
          centre={edited}
          fault={change.fault}
          isBusy={change.isBusy}
          onCancel={() => setEdited(undefined)}
          onSave={async (part) => {
            if (await alter(edited, part)) setEdited(undefined);
          }}
        />
      )}
      {ended && (
        <CloseForm
          centre={ended}
          fault={change.fault}
          isBusy={change.isBusy}
          onCancel={() => setEnded(undefined)}
          onSave={async (successor) => {
            if (await alter(ended, { close: { successor } })) setEnded(undefined);
          }}
        />
      )}
    </>
  );
}

/** Rows as the tree that they are; parents come before their children. */
function grown(centres: readonly Centre[]): Node[] {
  const nodes = new Map(centres.map((centre) => [centre.id, { ...centre, children: [] as Node[] }]));
  const roots: Node[] = [];
  for (const node of nodes.values()) {
    const above = node.parent === null ? undefined : nodes.get(node.parent);
    (above?.children ?? roots).push(node);
  }
  return roots.map(pruned);
}

/** A table shows an arrow wherever there are children, also when there are none of them. */
const pruned = ({ children = [], ...node }: Node): Node =>
  children.length > 0 ? { ...node, children: children.map(pruned) } : node;

const found = (centres: readonly Centre[], typed: string): Node[] =>
  centres.filter(({ names, aliases, code }) =>
    [...Object.values(names), ...aliases, code ?? ''].some((word) =>
      word.toLowerCase().includes(typed.toLowerCase()),
    ),
  );

interface FormProps<Saved> {
  readonly centre: Centre;
  readonly fault: unknown;
  readonly isBusy: boolean;
  readonly onSave: (saved: Saved) => Promise<void>;
  readonly onCancel: () => void;
}

interface NamesSaved {
  readonly names: Names;
  readonly aliases: string[];
  readonly abbreviation?: string;
}

function NamesForm({ centre, fault, isBusy, onSave, onCancel }: FormProps<NamesSaved>) {
  const text = useText();
  const [form] = Form.useForm<NamesSaved>();
  const fields = [
    ['hans', text.language['zh-Hans']],
    ['hant', text.language['zh-Hant']],
    ['en', text.language.en],
  ] as const;
  return (
    <Modal
      open
      title={centre.name}
      okText={text.desk.admin.save}
      cancelText={text.desk.cancel}
      confirmLoading={isBusy}
      onOk={() => form.submit()}
      onCancel={onCancel}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ ...centre }}
        onFinish={({ abbreviation, ...saved }) =>
          void onSave({ ...saved, ...(abbreviation ? { abbreviation } : {}) })
        }
      >
        {fields.map(([key, label]) => (
          <Form.Item key={key} name={['names', key]} label={label} rules={[{ required: key === 'hans' }]}>
            <Input maxLength={120} />
          </Form.Item>
        ))}
        <Form.Item name="aliases" label={text.desk.admin.aliases}>
          <Select mode="tags" open={false} tokenSeparators={['、', ',', '，']} />
        </Form.Item>
        <Form.Item
          name="abbreviation"
          label={text.desk.admin.abbreviation}
          rules={[{ pattern: /^[\p{L}\p{N}]{1,12}$/u }]}
        >
          <Input maxLength={12} />
        </Form.Item>
      </Form>
      <FaultNote fault={fault} />
    </Modal>
  );
}

function CloseForm({ centre, fault, isBusy, onSave, onCancel }: FormProps<string>) {
  const text = useText();
  const [successor, setSuccessor] = useState<string>();
  return (
    <Modal
      open
      title={text.desk.admin.closeCentre(centre.name)}
      okText={text.desk.admin.close}
      okButtonProps={{ danger: true, disabled: successor === undefined || successor === centre.id }}
      cancelText={text.desk.cancel}
      confirmLoading={isBusy}
      onOk={() => successor !== undefined && void onSave(successor)}
      onCancel={onCancel}
    >
      <p>{text.desk.admin.closeCentreAsk}</p>
      <CentreChoice className="whole" value={successor} onChange={setSuccessor} />
      <FaultNote fault={fault} />
    </Modal>
  );
}
