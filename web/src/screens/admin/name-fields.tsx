import type { DepartmentNames, Names, Wording } from '@app/shared';
import { Input } from 'antd';
import { useText } from '../../ui/catalogue.js';

export const SCRIPTS = ['hans', 'hant', 'en'] as const satisfies readonly (keyof Names)[];
export type Script = (typeof SCRIPTS)[number];
const LANGUAGE_OF = { hans: 'zh-Hans', hant: 'zh-Hant', en: 'en' } as const;
const NONE: ReadonlySet<Script> = new Set();

export interface NameFieldsProps {
  /** Says how long each may be. */
  readonly schema: typeof DepartmentNames | typeof Wording;
  readonly names: Names;
  readonly row: number;
  readonly isFixed?: boolean;
  readonly wrong?: ReadonlySet<Script> | undefined;
  readonly onChange: (names: Names) => void;
}

/** A name in all three scripts, side by side in a row of a list. */
export function NameFields(props: NameFieldsProps) {
  const { schema, names, row, isFixed = false, wrong = NONE, onChange } = props;
  const text = useText();
  return SCRIPTS.map((script) => (
    <Input
      key={script}
      value={names[script]}
      readOnly={isFixed}
      variant={isFixed ? 'borderless' : 'outlined'}
      status={wrong.has(script) ? 'error' : ''}
      aria-invalid={wrong.has(script)}
      maxLength={schema.shape[script].maxLength ?? undefined}
      aria-label={`${row} ${text.language[LANGUAGE_OF[script]]}`}
      placeholder={text.language[LANGUAGE_OF[script]]}
      onChange={({ target }) => onChange({ ...names, [script]: target.value })}
    />
  ));
}
