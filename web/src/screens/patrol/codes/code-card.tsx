import { type CodeSheet, LANGUAGES, type Names, toMs } from '@app/shared';
import { useInstallation } from '../../../link/installation.js';
import { CATALOGUE } from '../../../ui/catalogue.js';
import { dayText } from '../../../ui/time-format.js';

/** What hangs at a checkpoint, to be read by every crew: its name, its code, and what to do, in every language. */
export function CodeCard({ sheet: { names, tag, since } }: { sheet: CodeSheet }) {
  const { settings } = useInstallation();
  return (
    <article className="code-card">
      <header>
        <h2 lang="zh-Hans">{names.hans}</h2>
        <p>{otherNames(names).join(' · ')}</p>
      </header>
      <img alt={tag.code} src={`data:image/svg+xml,${encodeURIComponent(tag.svg)}`} />
      <p className="code-typed">{tag.code}</p>
      <ul>
        {LANGUAGES.map((language) => (
          <li key={language} lang={language}>
            {CATALOGUE[language].codes.howTo}
          </li>
        ))}
      </ul>
      <footer>{`${CATALOGUE['zh-Hans'].product} · ${dayText(toMs(since), settings.timeZone)}`}</footer>
    </article>
  );
}

/** A place often has one name for both scripts. */
const otherNames = ({ hans, hant, en }: Names): string[] =>
  [...new Set([hant, en])].filter((name) => name !== '' && name !== hans);
