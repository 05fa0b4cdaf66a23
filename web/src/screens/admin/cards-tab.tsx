import { ACTION_CARD_ITEMS, CATEGORIES, type CardItem, type Category, type Names } from '@app/shared';
import { Button, Input, Select } from 'antd';
import { useEffect, useState } from 'react';
import { changeCard, fetchCards } from '../../link/action-cards.js';
import { useFetched } from '../../link/use-fetched.js';
import { useText } from '../../ui/catalogue.js';
import { FaultNote } from '../desk/fault-note.js';
import { useChange } from './use-change.js';
import { When } from './when.js';

const CARDS_MS = 60_000;
const SCRIPTS = ['hans', 'hant', 'en'] as const;
const LANGUAGE_OF = { hans: 'zh-Hans', hant: 'zh-Hant', en: 'en' } as const;

/** An item that is being written: it has no key before it is saved. */
interface Draft {
  readonly key?: string;
  readonly text: Names;
}
const EMPTY: Draft = { text: { hans: '', hant: '', en: '' } };

/** Action cards: what is to be done at an incident of each category. Saving makes a new version. */
export function CardsTab() {
  const text = useText();
  const cards = useFetched({ subject: 'cards', everyMs: CARDS_MS, read: fetchCards });
  const change = useChange(cards.reload);
  const [category, setCategory] = useState<Category>(CATEGORIES[0]);
  const [draft, setDraft] = useState<readonly Draft[]>();
  const card = cards.value?.find((one) => one.category === category);
  useEffect(() => setDraft(undefined), [category]);
  const items: readonly Draft[] = draft ?? card?.items ?? [];
  const isWhole = items.length > 0 && items.every(({ text: names }) => SCRIPTS.every((s) => names[s].trim()));

  const save = async () => {
    if (!card) return;
    const body = { version: card.version, items: items.map(trimmed) };
    if (await change.run(() => changeCard(category, body))) setDraft(undefined);
  };
  const put = (at: number, next: Draft) => setDraft(items.map((item, index) => (index === at ? next : item)));
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
            {text.duty.cardVersion(card.version)} · {card.by} {card.version > 1 && <When at={card.at} />}
          </span>
        )}
        <span className="soft">{text.duty.cardHint}</span>
      </div>
      <FaultNote fault={change.fault ?? cards.fault} onClose={change.forgive} />
      <div className="table-box card-items">
        {items.map((item, index) => (
          <div key={item.key ?? `new-${index}`} className="card-item">
            <span className="number">{index + 1}</span>
            {SCRIPTS.map((script) => (
              <Input
                key={script}
                value={item.text[script]}
                maxLength={script === 'en' ? 160 : 120}
                aria-label={`${index + 1} ${text.language[LANGUAGE_OF[script]]}`}
                placeholder={text.language[LANGUAGE_OF[script]]}
                onChange={({ target }) =>
                  put(index, { ...item, text: { ...item.text, [script]: target.value } })
                }
              />
            ))}
            <Button
              size="small"
              disabled={index === 0}
              aria-label={text.duty.moveUp}
              onClick={() => setDraft(swapped(items, index))}
            >
              ↑
            </Button>
            <Button
              size="small"
              danger
              disabled={items.length === 1}
              aria-label={text.duty.removeItem}
              onClick={() => setDraft(items.filter((_, at) => at !== index))}
            >
              ×
            </Button>
          </div>
        ))}
        <Button disabled={items.length >= ACTION_CARD_ITEMS} onClick={() => setDraft([...items, EMPTY])}>
          {text.duty.addItem}
        </Button>
      </div>
    </>
  );
}

function trimmed({ key, text }: Draft): Partial<Pick<CardItem, 'key'>> & Pick<CardItem, 'text'> {
  const words = { hans: text.hans.trim(), hant: text.hant.trim(), en: text.en.trim() };
  return key === undefined ? { text: words } : { key, text: words };
}

/** The list with an item one place further up. */
function swapped(items: readonly Draft[], index: number): readonly Draft[] {
  const [item, above] = [items[index], items[index - 1]];
  if (!item || !above) return items;
  return items.map((one, at) => (at === index ? above : at === index - 1 ? item : one));
}
