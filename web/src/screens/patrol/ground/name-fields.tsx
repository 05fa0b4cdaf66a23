import type { Names } from '@app/shared';
import { useText } from '../../../ui/catalogue.js';

interface NameFieldsProps {
  readonly names: Names;
  readonly onChange: (names: Names, field: string) => void;
}

/** A name in three languages; the first one is wanted. */
export function NameFields({ names, onChange }: NameFieldsProps) {
  const text = useText();
  const fields = [
    ['hans', text.ground.nameHans],
    ['hant', text.ground.nameHant],
    ['en', text.ground.nameEn],
  ] as const;
  return (
    <>
      {fields.map(([name, label]) => (
        <label key={name}>
          {label}
          <input
            className="field"
            value={names[name]}
            maxLength={name === 'en' ? 160 : 120}
            aria-invalid={name === 'hans' && names.hans.trim() === ''}
            onChange={({ target }) => onChange({ ...names, [name]: target.value }, name)}
          />
        </label>
      ))}
      {names.hans.trim() === '' && <p className="is-warned">{text.ground.nameNeeded}</p>}
    </>
  );
}
