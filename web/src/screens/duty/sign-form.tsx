import type { DutyShift, EquipmentCheck } from '@app/shared';
import { useState } from 'react';
import { stepShift } from '../../link/duty.js';
import { useText } from '../../ui/catalogue.js';
import { useChange } from '../admin/use-change.js';
import { FaultNote } from '../desk/fault-note.js';
import { EquipmentForm } from './equipment-form.js';
import { EquipmentList } from './equipment-list.js';

/** The outgoing officer's half: every piece of equipment looked at, a word for the next one, the signature. */
export function SignForm({ shift, onDone }: { shift: DutyShift; onDone: () => void }) {
  const text = useText();
  const change = useChange(onDone);
  const [checks, setChecks] = useState<ReadonlyMap<string, EquipmentCheck>>(new Map());
  const [notes, setNotes] = useState(shift.notes ?? '');
  const [isSetting, setSetting] = useState(false);
  const keys = shift.sheet.equipment.map(({ key }) => key);
  const isWhole = keys.every((key) => checks.has(key));
  const sign = () => {
    const equipment = keys.flatMap((key) => checks.get(key) ?? []);
    const words = notes.trim() === '' ? {} : { notes: notes.trim() };
    return change.run(() => stepShift(shift.id, 'sign', { version: shift.version, equipment, ...words }));
  };
  // Beside the form, not in it: Enter in a name must not sign.
  const settings = isSetting && (
    <EquipmentForm
      centre={shift.centre}
      onDone={() => {
        setSetting(false);
        onDone();
      }}
    />
  );
  return (
    <>
      {settings}
      <form
        className="handover-form"
        onSubmit={(event) => {
          event.preventDefault();
          void sign();
        }}
      >
        <h4>
          {text.duty.equipmentTitle}{' '}
          <button
            type="button"
            className="button is-small"
            onClick={() => setChecks(new Map(keys.map((key) => [key, { key, ok: true }])))}
          >
            {text.duty.allGood}
          </button>{' '}
          <button
            type="button"
            className="button is-small"
            aria-expanded={isSetting}
            onClick={() => setSetting(!isSetting)}
          >
            {text.duty.equipmentSet}
          </button>
        </h4>
        <EquipmentList
          equipment={shift.sheet.equipment}
          checks={checks}
          onCheck={(check) => setChecks((old) => new Map(old).set(check.key, check))}
        />
        <label className="duty-field is-wide">
          {text.duty.notes}
          <textarea
            className="field"
            rows={2}
            value={notes}
            maxLength={4000}
            placeholder={text.duty.notesHint}
            onChange={({ target }) => setNotes(target.value)}
          />
        </label>
        <FaultNote fault={change.fault} onClose={change.forgive} />
        <div className="note-acts">
          <button type="submit" className="button is-primary" disabled={!isWhole || change.isBusy}>
            {text.duty.action.sign}
          </button>
          {!isWhole && <span className="soft">{text.error['duty-shift.equipment-wanted']}</span>}
        </div>
      </form>
    </>
  );
}
