import { LANGUAGES } from '@app/shared';
import { useLanguage, useText } from './catalogue.js';

/** The language of this browser, to choose in one line. */
export function LanguageSwitch() {
  const text = useText();
  const { language, choose } = useLanguage();
  return (
    <select
      className="button"
      value={language}
      aria-label={text.desk.language}
      onChange={({ target }) => choose(LANGUAGES.find((known) => known === target.value) ?? language)}
    >
      {LANGUAGES.map((known) => (
        <option key={known} value={known}>
          {text.language[known]}
        </option>
      ))}
    </select>
  );
}
