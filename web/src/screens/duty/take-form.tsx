import type { DutyShift, DutyShiftAction, DutyShiftStep } from '@app/shared';
import { useState } from 'react';
import { stepShift } from '../../link/duty.js';
import { HttpFault } from '../../link/http.js';
import { useInstallation } from '../../link/installation.js';
import { useText } from '../../ui/catalogue.js';
import { useChange } from '../admin/use-change.js';
import { FaultNote } from '../desk/fault-note.js';
import { PlannedEnd } from './planned-end.js';

export interface TakeFormProps {
  readonly shift: DutyShift;
  readonly action: Extract<DutyShiftAction, 'take' | 'relieve'>;
  /** The session is the outgoing officer's own: the second person signs here by password. */
  readonly isTheirs: boolean;
  readonly onDone: () => void;
}

/** The incoming officer's half: in the own session, or by password at the first one's screen. */
export function TakeForm({ shift, action, isTheirs, onDone }: TakeFormProps) {
  const text = useText();
  const { settings } = useInstallation();
  const change = useChange(onDone);
  const [account, setAccount] = useState('');
  const [password, setPassword] = useState('');
  const [otp, setOtp] = useState('');
  const [reason, setReason] = useState('');
  const [dueAt, setDueAt] = useState('');
  const wantsOtp = change.fault instanceof HttpFault && change.fault.detail['wanted'] === 'otp';
  const isWhole =
    (!isTheirs || (account.trim() !== '' && password !== '')) && (action === 'take' || reason.trim() !== '');
  const take = async () => {
    const as = { account: account.trim(), password, ...(otp === '' ? {} : { otp }) };
    const step: DutyShiftStep = {
      version: shift.version,
      ...(isTheirs ? { as } : {}),
      ...(action === 'relieve' ? { reason: reason.trim() } : {}),
      ...(dueAt === '' ? {} : { dueAt }),
    };
    await change.run(() => stepShift(shift.id, action, step));
    setPassword('');
  };
  return (
    <form
      className="handover-form"
      onSubmit={(event) => {
        event.preventDefault();
        void take();
      }}
    >
      <p className={action === 'relieve' ? 'is-warned' : 'soft'}>
        {action === 'relieve' ? text.duty.relieveHint : text.duty.takeHint}
        {isTheirs && settings.demo && ` ${text.duty.takeDemo}`}
      </p>
      <div className="acts-row">
        {isTheirs && (
          <>
            <Field label={text.duty.account} value={account} onChange={setAccount} />
            <Field label={text.duty.password} value={password} onChange={setPassword} type="password" />
            {(wantsOtp || otp !== '') && <Field label={text.duty.otp} value={otp} onChange={setOtp} />}
          </>
        )}
        {action === 'relieve' && <Field label={text.duty.reason} value={reason} onChange={setReason} />}
        <PlannedEnd value={dueAt} onChange={setDueAt} />
        <button type="submit" className="button is-primary" disabled={!isWhole || change.isBusy}>
          {isTheirs ? text.duty.takeHere : text.duty.action[action]}
        </button>
      </div>
      <FaultNote fault={change.fault} onClose={change.forgive} />
    </form>
  );
}

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly type?: 'text' | 'password';
}

function Field({ label, value, onChange, type = 'text' }: FieldProps) {
  return (
    <input
      className="field"
      type={type}
      value={value}
      maxLength={256}
      autoComplete="off"
      placeholder={label}
      aria-label={label}
      onChange={({ target }) => onChange(target.value)}
    />
  );
}
