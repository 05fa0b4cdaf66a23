import { nameIn, personText } from '@app/shared';
import { useCallback } from 'react';
import { useLanguage, useText } from '../ui/catalogue.js';
import { useDemoCentres } from './directory.js';

/** What to call somebody who is known by a login, in the language chosen. */
export function usePerson(): (login: string) => string {
  const text = useText();
  const centres = useDemoCentres();
  const language = useLanguage((choice) => choice.language);
  return useCallback(
    (login) =>
      personText(login, text, (key) => {
        const names = centres.get(key);
        return names ? nameIn(names, language) : '';
      }),
    [text, centres, language],
  );
}
