import {
  ACTION_CARD_ITEMS,
  type ActionCard,
  type ActionCardChange,
  CATEGORIES,
  type Category,
} from '@app/shared';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { changeCard, fetchCards } from '../../link/action-cards.js';
import { type Fetched, useFetched } from '../../link/use-fetched.js';
import { usePerson } from '../../link/use-person.js';
import { useText } from '../../ui/catalogue.js';
import { FaultNote } from '../desk/fault-note.js';
import { useVersioned } from './use-versioned.js';
import { VersionedNote } from './versioned-note.js';
import { When } from './when.js';
import { EMPTY_WORDING, isWorded, trimmedWords, WordingRows } from './wording-rows.js';

const CARDS_MS = 60_000;
type Edited = Pick<ActionCardChange, 'items'>;

/** Action cards: what is to be done at an incident of each category. Saving makes a new version. */
export function CardsTab() {
  const text = useText();
  const cards = useFetched({ subject: 'cards', everyMs: CARDS_MS, read: fetchCards });
  const [category, setCategory] = useState<Category>(CATEGORIES[0]);
  const value = cards.value?.find((one) => one.category === category);
  return (
    <>
      <div className="filters">
        <Select
          value={category}
          options={CATEGORIES.map((one) => ({ value: one, label: text.category[one] }))}
          aria-label={text.desk.category}
          onChange={setCategory}
        />
        <span className="soft">{text.duty.cardHint}</span>
      </div>
      <FaultNote fault={cards.fault} onRetry={cards.reload} />
      <CardForm key={category} category={category} card={{ ...cards, value }} />
    </>
  );
}

/** The card of one category. */
function CardForm({ category, card }: { category: Category; card: Fetched<ActionCard> }) {
  const text = useText();
  const personName = usePerson();
  const edited = useVersioned<ActionCard, Edited>(card, {
    write: ({ version, items }) => changeCard(category, { version, items: items.map(trimmed) }),
  });
  const { draft, isChanged, isBusy, edit, drop, save } = edited;
  if (!draft) return null;
  const { items, version } = draft;
  return (
    <>
      <div className="filters">
        <Button
          type="primary"
          disabled={!isChanged || items.length === 0 || !items.every(isWorded)}
          loading={isBusy}
          onClick={() => void save()}
        >
          {text.duty.saveCard}
        </Button>
        {isChanged && <Button onClick={drop}>{text.desk.cancel}</Button>}
        <span className="soft">
          {text.duty.cardVersion(version)} · {personName(draft.by)} {version > 1 && <When at={draft.at} />}
        </span>
      </div>
      <VersionedNote {...edited} />
      <div className="table-box card-items">
        <WordingRows items={items} onChange={(next) => edit({ items: [...next] })} />
        <Button
          disabled={items.length >= ACTION_CARD_ITEMS}
          onClick={() => edit({ items: [...items, EMPTY_WORDING] })}
        >
          {text.duty.addItem}
        </Button>
      </div>
    </>
  );
}

const trimmed = (item: Edited['items'][number]) => ({ ...item, text: trimmedWords(item) });
