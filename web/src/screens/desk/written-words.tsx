import { useText } from '../../ui/catalogue.js';

/** What somebody wrote; words that were erased are empty, since nobody sends empty ones. */
export function WrittenWords({ words }: { words: string }) {
  const text = useText();
  return words || <i className="soft">{text.privacy.erased}</i>;
}
