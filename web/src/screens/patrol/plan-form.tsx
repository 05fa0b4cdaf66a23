import { CREWS, isForbidden, type PatrolPlanAsk, type PatrolPlanned, SHIFT_PATTERNS } from '@app/shared';
import { Button, Form, Input, InputNumber, Modal, Select } from 'antd';
import { useState } from 'react';
import { useInstallation } from '../../link/installation.js';
import { planShifts } from '../../link/patrol.js';
import { useWall } from '../../store/wall.store.js';
import { useText } from '../../ui/catalogue.js';
import { dayText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';
import { useChange } from '../admin/use-change.js';
import { isBelow } from '../desk/centre-branches.js';
import { FaultNote } from '../desk/fault-note.js';
import { serverClock } from '../../ui/server-clock.js';
import { ConflictList } from './conflict-list.js';

interface PlanFormProps {
  readonly scope: string;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Plans shifts by a pattern: first what it would be and where it would not hold, then for good. */
export function PlanForm({ scope, onDone, onClose }: PlanFormProps) {
  const text = useText();
  const now = useNow();
  const { settings, centres } = useInstallation();
  const [form] = Form.useForm<PatrolPlanAsk>();
  const [preview, setPreview] = useState<PatrolPlanned & { readonly readAt: number }>();
  const change = useChange(onDone);
  const teams = useWall((wall) => wall.teams);
  const choices = [...teams.values()]
    .filter(({ centre }) => isBelow(centres, centre, scope))
    .map(({ id, callSign }) => ({ value: id, label: callSign }))
    .sort((a, b) => (a.label < b.label ? -1 : 1));
  const look = async () => {
    const plan = await form.validateFields();
    setPreview(undefined);
    await change.run(async () => {
      const planned = await planShifts({ ...plan, preview: true });
      setPreview({ ...planned, readAt: serverClock.now() });
    });
  };
  const write = async () => {
    const plan = await form.validateFields();
    if (await change.run(() => planShifts(plan))) onClose();
  };
  const forbidden = preview?.conflicts.filter(isForbidden).length ?? 0;
  const isReady = preview !== undefined && forbidden === 0;
  return (
    <Modal
      open
      title={text.patrol.planShifts}
      width="40rem"
      onCancel={onClose}
      footer={[
        <Button key="look" loading={change.isBusy} onClick={() => void look()}>
          {text.patrol.preview}
        </Button>,
        <Button key="write" type="primary" disabled={!isReady || change.isBusy} onClick={() => void write()}>
          {text.patrol.writePlan}
        </Button>,
      ]}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{
          pattern: '3x8',
          from: dayText(now, settings.timeZone),
          days: 7,
          crews: ['A', 'B', 'C', 'D'],
          turnDays: 1,
        }}
        onValuesChange={() => setPreview(undefined)}
      >
        <Form.Item name="teams" label={text.desk.admin.tab.teams} rules={[{ required: true }]}>
          <Select mode="multiple" maxCount={60} optionFilterProp="label" options={choices} />
        </Form.Item>
        <div className="pair">
          <Form.Item name="pattern" label={text.patrol.patternOf}>
            <Select
              options={SHIFT_PATTERNS.map((key) => ({ value: key, label: text.patrol.pattern[key] }))}
            />
          </Form.Item>
          <Form.Item name="from" label={text.patrol.firstDay} rules={[{ required: true }]}>
            <Input type="date" />
          </Form.Item>
          <Form.Item name="days" label={text.patrol.days}>
            <InputNumber min={1} max={31} precision={0} />
          </Form.Item>
        </div>
        <div className="pair">
          <Form.Item name="crews" label={text.patrol.crews} rules={[{ required: true }]}>
            <Select
              mode="multiple"
              options={CREWS.map((crew) => ({ value: crew, label: text.patrol.crewName(crew) }))}
            />
          </Form.Item>
          <Form.Item name="turnDays" label={text.patrol.turnDays}>
            <InputNumber min={1} max={14} precision={0} />
          </Form.Item>
        </div>
      </Form>
      <p className="soft">{text.patrol.overlapHint}</p>
      {preview && (
        <>
          <p>{text.patrol.wouldBe(preview.items.length)}</p>
          {forbidden > 0 && (
            <p className="note is-fault" role="alert">
              {text.patrol.mayNotWrite(forbidden)}
            </p>
          )}
          <ConflictList conflicts={preview.conflicts} shifts={preview.items} readAt={preview.readAt} />
        </>
      )}
      <FaultNote fault={change.fault} onClose={change.forgive} />
    </Modal>
  );
}
