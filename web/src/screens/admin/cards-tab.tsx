import { ACTION_CARD_ITEMS, CATEGORIES, type CardItem, type Category } from '@app/shared';
import { Button, Select } from 'antd';
import { useEffect, useState } from 'react';
import { changeCard, fetchCards } from '../../link/action-cards.js';
import { useFetched } from '../../link/use-fetched.js';
import { usePerson } from '../../link/use-person.js';
import { useText } from '../../ui/catalogue.js';
import { FaultNote } from '../desk/fault-note.js';
import { useChange } from './use-change.js';
import { When } from './when.js';
import { EMPTY_WORDING, isWorded, trimmedWords, type WordingDraft, WordingRows } from './wording-rows.js';

const CARDS_MS = 60_000;
/** Action cards: what is to be done at an incident of each category. Saving makes a new version. */
export function CardsTab() {
  const text = useText();
  const personName = usePerson();
  const cards = useFetched({ subject: 'cards', everyMs: CARDS_MS, read: fetchCards });
  const change = useChange(cards.reload);
  const [category, setCategory] = useState<Category>(CATEGORIES[0]);
  const [draft, setDraft] = useState<readonly WordingDraft[]>();
  const card = cards.value?.find((one) => one.category === category);
  useEffect(() => setDraft(undefined), [category]);
  const items: readonly WordingDraft[] = draft ?? card?.items ?? [];
  const isWhole = items.length > 0 && items.every(isWorded);

  const save = async () => {
    if (!card) return;
    const body = { version: card.version, items: items.map(trimmed) };
    if (await change.run(() => changeCard(category, body))) setDraft(undefined);
  };
  return (
    <>
      <div className="filters">
        <Select
          value={category}
          options={CATEGORIES.map((one) => ({ value: one, label: text.category[one] }))}
          aria-label={text.desk.category}
          onChange={setCategory}
        />
        <Button
          type="primary"
          disabled={!draft || !isWhole}
          loading={change.isBusy}
          onClick={() => void save()}
        >
          {text.duty.saveCard}
        </Button>
        {draft && <Button onClick={() => setDraft(undefined)}>{text.desk.cancel}</Button>}
        {card && (
          <span className="soft">
            {text.duty.cardVersion(card.version)} · {personName(card.by)}{' '}
            {card.version > 1 && <When at={card.at} />}
          </span>
        )}
        <span className="soft">{text.duty.cardHint}</span>
      </div>
      <FaultNote fault={change.fault ?? cards.fault} onClose={change.forgive} />
      <div className="table-box card-items">
        <WordingRows items={items} onChange={setDraft} />
        <Button
          disabled={items.length >= ACTION_CARD_ITEMS}
          onClick={() => setDraft([...items, EMPTY_WORDING])}
        >
          {text.duty.addItem}
        </Button>
      </div>
    </>
  );
}

function trimmed(item: WordingDraft): Partial<Pick<CardItem, 'key'>> & Pick<CardItem, 'text'> {
  const text = trimmedWords(item);
  return item.key === undefined ? { text } : { key: item.key, text };
}
