import { type Names, Wording } from '@app/shared';
import { Button } from 'antd';
import { useText } from '../../ui/catalogue.js';
import { NameFields, SCRIPTS } from './name-fields.js';

/** A line that is being written: it has no key before it is saved. */
export interface WordingDraft {
  readonly key?: string | undefined;
  readonly text: Names;
}
export const EMPTY_WORDING: WordingDraft = { text: { hans: '', hant: '', en: '' } };

export interface WordingRowsProps<T extends WordingDraft> {
  readonly items: readonly T[];
  readonly onChange: (items: readonly T[]) => void;
  /** Whether a line's words are not this list's to change. */
  readonly isFixed?: (item: T) => boolean;
}

/** Lines in all three scripts, each with its place: written, moved up, taken away. One stays. */
export function WordingRows<T extends WordingDraft>({ items, onChange, isFixed }: WordingRowsProps<T>) {
  const text = useText();
  const put = (at: number, next: T) => onChange(items.map((item, index) => (index === at ? next : item)));
  return items.map((item, index) => (
    <div key={item.key ?? `new-${index}`} className="card-item">
      <span className="number">{index + 1}</span>
      <NameFields
        schema={Wording}
        names={item.text}
        row={index + 1}
        isFixed={isFixed?.(item) ?? false}
        onChange={(names) => put(index, { ...item, text: names })}
      />
      <Button
        size="small"
        disabled={index === 0}
        aria-label={text.duty.moveUp}
        onClick={() => onChange(swapped(items, index))}
      >
        ↑
      </Button>
      <Button
        size="small"
        danger
        disabled={items.length === 1}
        aria-label={text.duty.removeItem}
        onClick={() => onChange(items.filter((_, at) => at !== index))}
      >
        ×
      </Button>
    </div>
  ));
}

export const isWorded = ({ text }: WordingDraft): boolean => SCRIPTS.every((script) => text[script].trim());

/** Its words without space around them. */
export const trimmedWords = ({ text }: WordingDraft): Names => ({
  hans: text.hans.trim(),
  hant: text.hant.trim(),
  en: text.en.trim(),
});

/** The list with an item one place further up. */
function swapped<T>(items: readonly T[], index: number): readonly T[] {
  const [item, above] = [items[index], items[index - 1]];
  if (!item || !above) return items;
  return items.map((one, at) => (at === index ? above : at === index - 1 ? item : one));
}
