import type { Equipment, EquipmentCheck, SheetEquipment } from '@app/shared';
import { useText } from '../../ui/catalogue.js';
import { Standing } from './sheet-view.js';

type Checks = ReadonlyMap<Equipment, EquipmentCheck>;

export interface EquipmentListProps {
  readonly equipment: readonly SheetEquipment[];
  /** What has been looked at so far; without it the list is read only. */
  readonly checks?: Checks;
  readonly onCheck?: (check: EquipmentCheck) => void;
}

/** The equipment of a desk: good or faulty, each looked at by hand before anybody signs. */
export function EquipmentList({ equipment, checks, onCheck }: EquipmentListProps) {
  const text = useText();
  return (
    <ul className="duty-list equipment">
      {equipment.map(({ key, ok, note, carried }) => {
        const check = checks?.get(key);
        return (
          <li key={key}>
            <span className="equipment-name">{text.duty.equipment[key]}</span>
            {onCheck ? (
              <span className="equipment-choice" role="radiogroup" aria-label={text.duty.equipment[key]}>
                {[true, false].map((good) => (
                  <label key={String(good)}>
                    <input
                      type="radio"
                      name={`equipment-${key}`}
                      checked={check?.ok === good}
                      onChange={() => onCheck({ key, ok: good, ...(good || !note ? {} : { note }) })}
                    />
                    {good ? text.duty.good : text.duty.faulty}
                  </label>
                ))}
              </span>
            ) : (
              <span className={ok === false ? 'is-abnormal' : 'soft'}>
                {ok === null ? text.duty.unchecked : ok ? text.duty.good : text.duty.faulty}
              </span>
            )}
            {onCheck && check?.ok === false ? (
              <input
                className="field"
                value={check.note ?? ''}
                maxLength={200}
                placeholder={text.duty.faultNote}
                aria-label={text.duty.faultNote}
                onChange={({ target }) => onCheck({ key, ok: false, note: target.value })}
              />
            ) : (
              <span className="duty-words">{note}</span>
            )}
            <Standing carried={carried} />
          </li>
        );
      })}
    </ul>
  );
}
