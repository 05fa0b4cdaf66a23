import {
  FORCE_ANSWERS,
  type ForceAnswer,
  type ForceRequest,
  POSITION_RELEASES,
  type PositionRelease,
} from '@app/shared';
import { Form, Input, InputNumber, Select } from 'antd';
import { stepRequest } from '../../link/forces.js';
import { useWall } from '../../store/wall.store.js';
import { useText } from '../../ui/catalogue.js';
import { useChange } from '../admin/use-change.js';
import { FaultNote } from '../desk/fault-note.js';

interface Filled {
  readonly answer: ForceAnswer;
  readonly teams?: string[];
  readonly headcount?: number | null;
  readonly positions: PositionRelease;
  readonly text?: string;
}

interface AnswerFormProps {
  readonly request: ForceRequest;
  readonly onDone: () => void;
}

/** How a force answers: what it releases, of which strength, and how fine its positions may be. */
export function AnswerForm({ request: { id, version }, onDone }: AnswerFormProps) {
  const text = useText();
  const [form] = Form.useForm<Filled>();
  const answer = Form.useWatch('answer', form);
  const change = useChange(onDone);
  // The desk's own picture holds the teams that its force leads, and no others.
  const teams = useWall((wall) => wall.teams);
  const isDeclined = answer === 'declined';
  const send = ({ answer: how, teams: led = [], headcount = null, positions, text: words }: Filled) =>
    void change.run(() =>
      stepRequest(id, 'answer', {
        version,
        answer: how,
        ...(how === 'declined' ? {} : { released: { teams: led, headcount, positions } }),
        ...(words?.trim() ? { text: words } : {}),
      }),
    );
  return (
    <Form
      form={form}
      layout="vertical"
      className="answer-form"
      initialValues={{ answer: 'released', positions: 'coarse' }}
      onFinish={send}
    >
      <div className="pair">
        <Form.Item name="answer" label={text.patrol.requestAction.answer}>
          <Select
            options={FORCE_ANSWERS.map((key) => ({ value: key, label: text.patrol.forceAnswer[key] }))}
          />
        </Form.Item>
        {!isDeclined && (
          <>
            <Form.Item name="headcount" label={text.patrol.headcountReleased}>
              <InputNumber min={0} max={5000} precision={0} placeholder={text.patrol.noStrength} />
            </Form.Item>
            <Form.Item name="positions" label={text.patrol.positionsOf}>
              <Select
                options={POSITION_RELEASES.map((key) => ({ value: key, label: text.patrol.positions[key] }))}
              />
            </Form.Item>
          </>
        )}
      </div>
      {!isDeclined && teams.size > 0 && (
        <Form.Item name="teams" label={text.patrol.teamsReleased}>
          <Select
            mode="multiple"
            options={[...teams.values()].map(({ id: team, callSign }) => ({ value: team, label: callSign }))}
          />
        </Form.Item>
      )}
      <Form.Item
        name="text"
        label={isDeclined ? text.patrol.reason : text.patrol.answerWords}
        rules={[{ required: isDeclined, whitespace: isDeclined }]}
      >
        <Input.TextArea maxLength={2000} rows={2} />
      </Form.Item>
      <button type="submit" className="button is-primary" disabled={change.isBusy}>
        {text.patrol.requestAction.answer}
      </button>
      <FaultNote fault={change.fault} onClose={change.forgive} />
    </Form>
  );
}
