import { FORCE_TASKS, type ForceTask, type LiaisonForce, toInstant } from '@app/shared';
import { Form, Input, InputNumber, Modal, Select } from 'antd';
import { askForce } from '../../link/forces.js';
import { serverClock } from '../../ui/server-clock.js';
import { useText } from '../../ui/catalogue.js';
import { useChange } from '../admin/use-change.js';
import { FaultNote } from '../desk/fault-note.js';

const HOUR_MS = 3_600_000;
const HOURS = [2, 4, 8, 12, 24, 72] as const;
const FORCES: readonly LiaisonForce[] = ['armed-police', 'militia'];

interface Filled {
  readonly force: LiaisonForce;
  readonly task: ForceTask;
  readonly asked: number;
  readonly hours: number;
  readonly text: string;
}

interface RequestFormProps {
  readonly incident?: string;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** A request to a liaison desk. It asks; whether and whom the force sends is its own to say. */
export function RequestForm({ incident, onDone, onClose }: RequestFormProps) {
  const text = useText();
  const [form] = Form.useForm<Filled>();
  const change = useChange(onDone);
  const send = async ({ hours, ...filled }: Filled) => {
    const to = toInstant(serverClock.now() + hours * HOUR_MS);
    const body = { ...filled, to, ...(incident === undefined ? {} : { incident }) };
    if (await change.run(() => askForce(body))) onClose();
  };
  return (
    <Modal
      open
      title={text.patrol.askForce}
      okText={text.patrol.sendRequest}
      cancelText={text.desk.cancel}
      confirmLoading={change.isBusy}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <p className="soft">{text.patrol.askHint}</p>
      <Form
        form={form}
        layout="vertical"
        initialValues={{ force: 'armed-police', task: 'cordon', asked: 6, hours: 4 }}
        onFinish={(filled) => void send(filled)}
      >
        <div className="pair">
          <Form.Item name="force" label={text.patrol.askWhom}>
            <Select options={FORCES.map((force) => ({ value: force, label: text.force[force] }))} />
          </Form.Item>
          <Form.Item name="task" label={text.patrol.taskOf}>
            <Select options={FORCE_TASKS.map((task) => ({ value: task, label: text.patrol.task[task] }))} />
          </Form.Item>
        </div>
        <div className="pair">
          <Form.Item name="asked" label={text.patrol.howMany} rules={[{ required: true }]}>
            <InputNumber min={1} max={5000} precision={0} />
          </Form.Item>
          <Form.Item name="hours" label={text.patrol.lasts}>
            <Select options={HOURS.map((n) => ({ value: n, label: text.patrol.hours(n) }))} />
          </Form.Item>
        </div>
        <Form.Item name="text" label={text.patrol.what} rules={[{ required: true, whitespace: true }]}>
          <Input.TextArea maxLength={2000} rows={3} />
        </Form.Item>
      </Form>
      <FaultNote fault={change.fault} />
    </Modal>
  );
}
