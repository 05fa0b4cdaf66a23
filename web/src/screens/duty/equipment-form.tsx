import {
  type CentreId,
  EQUIPMENT,
  EQUIPMENT_ITEMS,
  Equipment,
  type EquipmentChange,
  type EquipmentList,
} from '@app/shared';
import { Button } from 'antd';
import { changeEquipment, fetchEquipment } from '../../link/duty.js';
import { useFetched } from '../../link/use-fetched.js';
import { CATALOGUE, useText } from '../../ui/catalogue.js';
import { useVersioned } from '../admin/use-versioned.js';
import { VersionedNote } from '../admin/versioned-note.js';
import {
  EMPTY_WORDING,
  isWorded,
  trimmedWords,
  type WordingDraft,
  WordingRows,
} from '../admin/wording-rows.js';
import { FaultNote } from '../desk/fault-note.js';

const LIST_MS = 60_000;
type Edited = Pick<EquipmentChange, 'items'>;
type Piece = Edited['items'][number];

/** The list of what a centre's desk looks at in each handover: taken away, put in order, added in three scripts. */
export function EquipmentForm({ centre, onDone }: { centre: CentreId; onDone: () => void }) {
  const text = useText();
  const list = useFetched({
    subject: centre,
    everyMs: LIST_MS,
    read: (signal) => fetchEquipment(centre, signal),
  });
  const edited = useVersioned<EquipmentList, Edited>(list, {
    write: ({ version, items }) => changeEquipment(centre, { version, items: items.map(trimmed) }),
    onSaved: onDone,
  });
  const { draft, isChanged, isBusy, edit, save } = edited;
  const items = draft?.items.map(draftOf) ?? [];
  const put = (next: readonly WordingDraft[]) => edit({ items: next.map(pieceOf) });
  const left = EQUIPMENT.filter((key) => items.every((item) => item.key !== key));
  const isFull = !draft || items.length >= EQUIPMENT_ITEMS;
  return (
    <section className="equipment-form" aria-label={text.duty.equipmentSet}>
      <h4>{text.duty.equipmentSet}</h4>
      <p className="soft">{text.duty.equipmentHint}</p>
      <FaultNote fault={list.fault} onRetry={list.reload} />
      <VersionedNote {...edited} />
      <WordingRows items={items} onChange={put} isFixed={isUsual} />
      <div className="note-acts">
        <Button disabled={isFull} onClick={() => put([...items, EMPTY_WORDING])}>
          {text.duty.addItem}
        </Button>
        {left.map((key) => (
          <Button key={key} disabled={isFull} onClick={() => put([...items, draftOf({ key, names: null })])}>
            + {text.duty.equipment[key]}
          </Button>
        ))}
      </div>
      <div className="note-acts">
        <Button
          type="primary"
          disabled={!isChanged || !items.every(isWorded)}
          loading={isBusy}
          onClick={() => void save()}
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
function draftOf({ key, names }: Piece): WordingDraft {
  const usual = Equipment.safeParse(key);
  if (!usual.success) return { key, text: names ?? EMPTY_WORDING.text };
  const wordsIn = (language: keyof typeof CATALOGUE) => CATALOGUE[language].duty.equipment[usual.data];
  return { key, text: { hans: wordsIn('zh-Hans'), hant: wordsIn('zh-Hant'), en: wordsIn('en') } };
}

const pieceOf = (item: WordingDraft): Piece => ({ key: item.key, names: isUsual(item) ? null : item.text });

const trimmed = ({ key, names }: Piece): Piece => ({ key, names: names && trimmedWords({ text: names }) });
