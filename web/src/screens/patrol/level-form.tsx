import { LEVEL_TERMS, type LevelTerms, toInstant, REASON_CHARS } from '@app/shared';
import { Form, Input, InputNumber, Modal, Select } from 'antd';
import { raiseLevel } from '../../link/patrol.js';
import { serverClock } from '../../ui/server-clock.js';
import { useText } from '../../ui/catalogue.js';
import { useChange } from '../admin/use-change.js';
import { CentreChoice } from '../desk/centre-choice.js';
import { FaultNote } from '../desk/fault-note.js';

const HOUR_MS = 3_600_000;
const AFTER_HOURS = [0, 1, 2, 4, 8, 12, 24] as const;
const LAST_HOURS = [2, 4, 8, 12, 24, 48, 72, 168] as const;

interface Filled {
  readonly centre: string;
  readonly level: 1 | 2 | 4;
  readonly afterHours: number;
  readonly hours: number;
  readonly reason: string;
  readonly terms?: LevelTerms;
}

interface LevelFormProps {
  readonly scope: string;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Raises the duty level of a centre and of all below it, until a time, with a reason. */
export function LevelForm({ scope, onDone, onClose }: LevelFormProps) {
  const text = useText();
  const [form] = Form.useForm<Filled>();
  const level = Form.useWatch('level', form);
  const change = useChange(onDone);
  const save = async ({ centre, level: to, afterHours, hours, reason, terms }: Filled) => {
    const from = serverClock.now() + afterHours * HOUR_MS;
    const body = {
      centre,
      level: to,
      reason,
      ...(afterHours > 0 ? { from: toInstant(from) } : {}),
      to: toInstant(from + hours * HOUR_MS),
      ...(to === 4 && terms ? { terms } : {}),
    };
    if (await change.run(() => raiseLevel(body))) onClose();
  };
  const hourChoices = (hours: readonly number[]) =>
    hours.map((n) => ({ value: n, label: n === 0 ? text.patrol.atOnce : text.patrol.hours(n) }));
  return (
    <Modal
      open
      title={text.patrol.raise}
      okText={text.patrol.raise}
      cancelText={text.desk.cancel}
      confirmLoading={change.isBusy}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ centre: scope, level: 2, afterHours: 0, hours: 8, terms: LEVEL_TERMS[3] }}
        onFinish={(filled) => void save(filled)}
      >
        <Form.Item name="centre" label={text.desk.holder}>
          <CentreChoice />
        </Form.Item>
        <div className="pair">
          <Form.Item name="level" label={text.patrol.dutyLevel}>
            <Select options={([1, 2, 4] as const).map((n) => ({ value: n, label: text.patrol.level[n] }))} />
          </Form.Item>
          <Form.Item name="afterHours" label={text.patrol.begins}>
            <Select options={hourChoices(AFTER_HOURS)} />
          </Form.Item>
          <Form.Item name="hours" label={text.patrol.lasts}>
            <Select options={hourChoices(LAST_HOURS)} />
          </Form.Item>
        </div>
        {level === 4 ? (
          <TermFields />
        ) : (
          level && <p className="soft">{termsText(LEVEL_TERMS[level], text.patrol.terms)}</p>
        )}
        <Form.Item name="reason" label={text.patrol.reason} rules={[{ required: true, whitespace: true }]}>
          <Input.TextArea maxLength={REASON_CHARS} rows={2} />
        </Form.Item>
      </Form>
      <FaultNote fault={change.fault} />
    </Modal>
  );
}

function TermFields() {
  const text = useText();
  const fields = [
    ['teamsPct', text.patrol.teamsPct, 400],
    ['visitsPct', text.patrol.visitsPct, 400],
    ['strengthPct', text.patrol.strengthPct, 200],
  ] as const;
  return (
    <div className="pair">
      {fields.map(([name, label, max]) => (
        <Form.Item key={name} name={['terms', name]} label={label} rules={[{ required: true }]}>
          <InputNumber min={50} max={max} step={10} precision={0} suffix="%" />
        </Form.Item>
      ))}
    </div>
  );
}

const termsText = (
  { teamsPct, visitsPct, strengthPct }: LevelTerms,
  say: (teams: number, visits: number, strength: number) => string,
): string => say(teamsPct, visitsPct, strengthPct);
