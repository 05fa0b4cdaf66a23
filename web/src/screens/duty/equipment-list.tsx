import { Equipment, type EquipmentCheck, nameIn, type SheetEquipment } from '@app/shared';
import { useLanguage, useText } from '../../ui/catalogue.js';
import { Standing } from './sheet-view.js';

type Checks = ReadonlyMap<string, EquipmentCheck>;

export interface EquipmentListProps {
  readonly equipment: readonly SheetEquipment[];
  /** What has been looked at so far; without it the list is read only. */
  readonly checks?: Checks;
  readonly onCheck?: (check: EquipmentCheck) => void;
}

/** The equipment of a desk: good or faulty, each looked at by hand before anybody signs. */
export function EquipmentList({ equipment, checks, onCheck }: EquipmentListProps) {
  const text = useText();
  const language = useLanguage((choice) => choice.language);
  const nameOf = ({ key, names }: SheetEquipment): string => {
    const usual = Equipment.safeParse(key);
    if (usual.success) return text.duty.equipment[usual.data];
    return names ? nameIn(names, language) : key;
  };
  return (
    <ul className="duty-list equipment">
      {equipment.map((piece) => {
        const { key, ok, note, carried } = piece;
        const name = nameOf(piece);
        const check = checks?.get(key);
        return (
          <li key={key}>
            <span className="equipment-name">{name}</span>
            {onCheck ? (
              <span className="equipment-choice" role="radiogroup" aria-label={name}>
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
