import type { Instruction } from '@app/shared';
import { useState } from 'react';
import { useInstallation } from '../../link/installation.js';
import type { Fetched } from '../../link/use-fetched.js';
import { useText } from '../../ui/catalogue.js';
import { grouped } from './grouped.js';
import { InstructionForm } from './instruction-form.js';
import { InstructionGroup } from './instruction-group.js';

export type Box = 'received' | 'sent';

export interface InstructionsTabProps {
  readonly scope: string;
  readonly isOwn: boolean;
  readonly box: Box;
  readonly onBox: (box: Box) => void;
  readonly isOpen: boolean;
  readonly onOpen: (isOpen: boolean) => void;
  readonly list: Fetched<Instruction[]>;
  readonly onIncident: (id: string) => void;
}

/** Instructions that a centre received or sent: signed for, answered, confirmed, each with its clock. */
export function InstructionsTab(props: InstructionsTabProps) {
  const { scope, isOwn, box, onBox, isOpen, onOpen, list, onIncident } = props;
  const text = useText();
  const { centres } = useInstallation();
  const [isNew, setNew] = useState(false);
  const hasBelow = [...centres.values()].some(({ parent }) => parent === scope);
  return (
    <div className="instructions">
      <div className="acts-row">
        <span className="tabs" role="tablist">
          {(['received', 'sent'] as const).map((known) => (
            <button
              key={known}
              type="button"
              role="tab"
              aria-selected={box === known}
              onClick={() => onBox(known)}
            >
              {text.duty.box[known]}
            </button>
          ))}
        </span>
        <label className="duty-field">
          <input type="checkbox" checked={isOpen} onChange={({ target }) => onOpen(target.checked)} />
          {text.duty.openOnly}
        </label>
        {isOwn && hasBelow && (
          <button
            type="button"
            className="button is-primary"
            aria-expanded={isNew}
            onClick={() => setNew(!isNew)}
          >
            {text.duty.newInstruction}
          </button>
        )}
      </div>
      {isNew && isOwn && (
        <InstructionForm
          scope={scope}
          onCancel={() => setNew(false)}
          onDone={() => {
            setNew(false);
            onBox('sent');
            list.reload();
          }}
        />
      )}
      {list.value?.length === 0 && <p className="panel-empty">{text.duty.boxEmpty[box]}</p>}
      {grouped(list.value ?? []).map((group) => (
        <InstructionGroup key={group[0]?.parent} group={group} onDone={list.reload} onIncident={onIncident} />
      ))}
    </div>
  );
}
