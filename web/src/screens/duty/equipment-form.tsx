import {
  type CentreId,
  EQUIPMENT,
  EQUIPMENT_ITEMS,
  Equipment,
  type EquipmentItem,
  type EquipmentList,
} from '@app/shared';
import { Button } from 'antd';
import { useState } from 'react';
import { changeEquipment, fetchEquipment } from '../../link/duty.js';
import { useFetched } from '../../link/use-fetched.js';
import { CATALOGUE, useText } from '../../ui/catalogue.js';
import { useChange } from '../admin/use-change.js';
import {
  EMPTY_WORDING,
  isWorded,
  trimmedWords,
  type WordingDraft,
  WordingRows,
} from '../admin/wording-rows.js';
import { FaultNote } from '../desk/fault-note.js';

const LIST_MS = 60_000;

/** The list of what a centre's desk looks at in each handover: taken away, put in order, added in three scripts. */
export function EquipmentForm({ centre, onDone }: { centre: CentreId; onDone: () => void }) {
  const text = useText();
  const list = useFetched({
    subject: centre,
    everyMs: LIST_MS,
    read: (signal) => fetchEquipment(centre, signal),
  });
  const change = useChange(list.reload);
  const [draft, setDraft] = useState<readonly WordingDraft[]>();
  const items = draft ?? list.value?.items.map(draftOf) ?? [];
  const left = EQUIPMENT.filter((key) => items.every((item) => item.key !== key));
  const save = async ({ version }: EquipmentList) => {
    const body = { version, items: items.map(itemOf) };
    if (await change.run(() => changeEquipment(centre, body))) onDone();
  };
  const isFull = items.length >= EQUIPMENT_ITEMS;
  return (
    <section className="equipment-form" aria-label={text.duty.equipmentSet}>
      <h4>{text.duty.equipmentSet}</h4>
      <p className="soft">{text.duty.equipmentHint}</p>
      <FaultNote fault={change.fault ?? list.fault} onClose={change.forgive} />
      <WordingRows items={items} onChange={setDraft} isFixed={isUsual} />
      <div className="note-acts">
        <Button disabled={isFull} onClick={() => setDraft([...items, EMPTY_WORDING])}>
          {text.duty.addItem}
        </Button>
        {left.map((key) => (
          <Button
            key={key}
            disabled={isFull}
            onClick={() => setDraft([...items, draftOf({ key, names: null })])}
          >
            + {text.duty.equipment[key]}
          </Button>
        ))}
      </div>
      <div className="note-acts">
        <Button
          type="primary"
          disabled={!list.value || !draft || !items.every(isWorded)}
          loading={change.isBusy}
          onClick={() => list.value && void save(list.value)}
        >
          {text.duty.saveEquipment}
        </Button>
        <Button onClick={onDone}>{text.desk.cancel}</Button>
      </div>
    </section>
  );
}

const isUsual = ({ key }: WordingDraft): boolean => Equipment.safeParse(key).success;

/** What the product has words for is shown in its own; they are no centre's to change. */
function draftOf({ key, names }: EquipmentItem): WordingDraft {
  const usual = Equipment.safeParse(key);
  if (!usual.success) return { key, text: names ?? EMPTY_WORDING.text };
  const wordsIn = (language: keyof typeof CATALOGUE) => CATALOGUE[language].duty.equipment[usual.data];
  return { key, text: { hans: wordsIn('zh-Hans'), hant: wordsIn('zh-Hant'), en: wordsIn('en') } };
}

function itemOf(item: WordingDraft): Partial<Pick<EquipmentItem, 'key'>> & Pick<EquipmentItem, 'names'> {
  const names = isUsual(item) ? null : trimmedWords(item);
  return item.key === undefined ? { names } : { key: item.key, names };
}
