import { type DutyShift, toMs } from '@app/shared';
import { useState } from 'react';
import { stepShift } from '../../link/duty.js';
import { useInstallation } from '../../link/installation.js';
import { usePerson } from '../../link/use-person.js';
import { useText } from '../../ui/catalogue.js';
import { momentText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';
import { useChange } from '../admin/use-change.js';
import { FaultNote } from '../desk/fault-note.js';
import { EquipmentList } from './equipment-list.js';
import { SheetView } from './sheet-view.js';
import { SignForm } from './sign-form.js';
import { TakeForm } from './take-form.js';

export interface HandoverTabProps {
  readonly shift: DutyShift;
  readonly onDone: () => void;
  readonly onIncident: (id: string) => void;
}

/** The handover sheet of a shift, and the half of the signatures that this session may give. */
export function HandoverTab({ shift, onDone, onIncident }: HandoverTabProps) {
  const text = useText();
  const maySign = shift.actions.includes('sign');
  return (
    <article className="handover" aria-label={text.duty.sheet}>
      <SheetHead shift={shift} />
      <SheetView shift={shift} onIncident={onIncident} />
      {shift.notes && !maySign && (
        <section>
          <h4>{text.duty.notes}</h4>
          <p className="facts-text">{shift.notes}</p>
        </section>
      )}
      {maySign ? (
        <SignForm key={shift.id} shift={shift} onDone={onDone} />
      ) : (
        <section>
          <h4>{text.duty.equipmentTitle}</h4>
          <EquipmentList equipment={shift.sheet.equipment} />
        </section>
      )}
      <Signatures shift={shift} onDone={onDone} />
    </article>
  );
}

function SheetHead({ shift }: { shift: DutyShift }) {
  const text = useText();
  const personName = usePerson();
  const now = useNow();
  const { settings } = useInstallation();
  const { sheet, outgoing, incoming, after } = shift;
  const clock = (at: string) => momentText(toMs(at), now, settings.timeZone);
  const count = after ? Object.values(after.added).reduce((sum, list) => sum + list.length, 0) : 0;
  const changed = after ? text.duty.changed(count, after.gone.length) : '';
  return (
    <header className="duty-sheet-head">
      <h3>{text.duty.sheet}</h3>
      <span className="soft">{text.duty.sheetDrawn(clock(sheet.drawnAt), sheet.seq)}</span>
      <span className={outgoing ? 'is-good' : 'soft'}>
        {outgoing
          ? text.duty.sheetSigned(personName(outgoing.by), clock(outgoing.at))
          : text.duty.sheetUnsigned}
      </span>
      {incoming && (
        <span className="is-good">
          {text.duty.sheetTaken(
            personName(incoming.by),
            clock(incoming.at),
            text.duty.method[incoming.method],
          )}
        </span>
      )}
      {changed !== '' && <b className="is-warned">{text.duty.sinceSigned(changed)}</b>}
    </header>
  );
}

function Signatures({ shift, onDone }: Pick<HandoverTabProps, 'shift' | 'onDone'>) {
  const text = useText();
  const change = useChange(onDone);
  const [isRelieving, setRelieving] = useState(false);
  const { actions, id, version } = shift;
  if (actions.includes('resume'))
    return (
      <>
        <p>{text.duty.waitingOther}</p>
        <TakeForm shift={shift} action="take" isTheirs onDone={onDone} />
        <FaultNote fault={change.fault} onClose={change.forgive} />
        <p className="note-acts">
          <button
            type="button"
            className="button"
            disabled={change.isBusy}
            onClick={() => void change.run(() => stepShift(id, 'resume', { version }))}
          >
            {text.duty.action.resume}
          </button>
        </p>
      </>
    );
  if (actions.includes('take'))
    return <TakeForm shift={shift} action="take" isTheirs={false} onDone={onDone} />;
  if (!actions.includes('relieve')) return null;
  if (isRelieving) return <TakeForm shift={shift} action="relieve" isTheirs={false} onDone={onDone} />;
  return (
    <p className="note-acts">
      <button type="button" className="button" onClick={() => setRelieving(true)}>
        {text.duty.action.relieve}
      </button>
    </p>
  );
}
