import {
  CAPABILITIES,
  FORCES,
  type Headcounts,
  MODES,
  type Post,
  type Team,
  TEAM_EQUIPMENT,
  type TeamDraft,
} from '@app/shared';
import { Form, Input, InputNumber, Modal, Select } from 'antd';
import { useText } from '../../ui/catalogue.js';
import { CentreChoice } from './centre-choice.js';
import { FaultNote } from './fault-note.js';

export interface TeamFormProps {
  /** Without one a new team is made. */
  readonly team?: Team;
  readonly fault: unknown;
  readonly isBusy: boolean;
  readonly onSave: (draft: TeamDraft) => Promise<void>;
  readonly onCancel: () => void;
}

type Filled = Omit<TeamDraft, 'post'> & {
  readonly post?: { readonly [part in keyof Post]?: Post[part] | null };
};

const NEW: Partial<Filled> = { mode: 'vehicle', tier: 3, forces: { police: 2 } };

/** What a joint team is: forces by headcount, never by name. */
export function TeamForm({ team, fault, isBusy, onSave, onCancel }: TeamFormProps) {
  const text = useText();
  const [form] = Form.useForm<Filled>();
  const save = ({ forces, post, ...draft }: Filled) =>
    void onSave({ ...draft, forces: told(forces), post: postOf(post) });
  return (
    <Modal
      open
      title={team ? team.callSign : text.desk.admin.newTeam}
      okText={text.desk.admin.save}
      cancelText={text.desk.cancel}
      confirmLoading={isBusy}
      onOk={() => form.submit()}
      onCancel={onCancel}
    >
      <Form form={form} layout="vertical" initialValues={team ? filledBy(team) : NEW} onFinish={save}>
        <Form.Item name="callSign" label={text.desk.callSign} rules={[{ required: true }]}>
          <Input autoFocus maxLength={40} />
        </Form.Item>
        {!team && (
          <Form.Item name="centre" label={text.desk.home} rules={[{ required: true }]}>
            <CentreChoice />
          </Form.Item>
        )}
        <div className="pair">
          <Form.Item name="mode" label={text.desk.mode}>
            <Select options={MODES.map((mode) => ({ value: mode, label: text.mode[mode] }))} />
          </Form.Item>
          <Form.Item name="tier" label={text.desk.admin.tier}>
            <Select options={[1, 3, 5].map((tier) => ({ value: tier, label: text.desk.tier(tier) }))} />
          </Form.Item>
          <Form.Item name="lead" label={text.patrol.leads}>
            <Select
              placeholder={text.patrol.leadByList}
              options={FORCES.map((force) => ({ value: force, label: text.force[force] }))}
            />
          </Form.Item>
        </div>
        <div className="pair">
          {FORCES.map((force) => (
            <Form.Item key={force} name={['forces', force]} label={text.force[force]}>
              <InputNumber min={0} max={200} precision={0} />
            </Form.Item>
          ))}
        </div>
        <Form.Item name="capabilities" label={text.patrol.capabilities}>
          <Select
            mode="multiple"
            options={CAPABILITIES.map((can) => ({ value: can, label: text.patrol.can[can] }))}
          />
        </Form.Item>
        <Form.Item name="equipment" label={text.patrol.equipment}>
          <Select
            mode="multiple"
            options={TEAM_EQUIPMENT.map((thing) => ({ value: thing, label: text.patrol.carries[thing] }))}
          />
        </Form.Item>
        <PostFields />
      </Form>
      <FaultNote fault={fault} />
    </Modal>
  );
}

function PostFields() {
  const text = useText();
  return (
    <>
      <div className="pair">
        <Form.Item name={['post', 'place']} label={text.patrol.postPlace}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name={['post', 'lng']} label={text.desk.lng}>
          <InputNumber min={-180} max={180} step={0.001} />
        </Form.Item>
        <Form.Item name={['post', 'lat']} label={text.desk.lat}>
          <InputNumber min={-90} max={90} step={0.001} />
        </Form.Item>
      </div>
      <p className="soft">{text.patrol.postHint}</p>
    </>
  );
}

const filledBy = (team: Team): Partial<Filled> => ({
  callSign: team.callSign,
  mode: team.mode,
  tier: team.tier,
  forces: team.forces,
  ...(team.lead ? { lead: team.lead } : {}),
  capabilities: team.capabilities,
  equipment: team.equipment,
  ...(team.post ? { post: team.post } : {}),
});

/** Without the fields that nobody filled in. */
const told = (forces: Headcounts): Headcounts =>
  Object.fromEntries(Object.entries(forces).filter(([, count]) => typeof count === 'number'));

/** None without all of its parts. */
function postOf({ place, lng, lat }: NonNullable<Filled['post']> = {}): Post | null {
  return place && typeof lng === 'number' && typeof lat === 'number' ? { place, lng, lat } : null;
}
