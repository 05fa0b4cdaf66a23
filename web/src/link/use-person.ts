import { demoCentre, nameIn, personText } from '@app/shared';
import { useCallback, useMemo } from 'react';
import { useLanguage, useText } from '../ui/catalogue.js';
import { useDirectory } from './directory.js';
import { useInstallation } from './installation.js';

/** What to call somebody who is known by a login, in the language chosen. */
export function usePerson(): (login: string) => string {
  const text = useText();
  const { settings } = useInstallation();
  const directory = useDirectory(settings.demo);
  const language = useLanguage((choice) => choice.language);
  const byKey = useMemo(
    () =>
      new Map(
        [...directory.values()].map(({ id, code, names }) => [demoCentre({ id, code: code ?? null }), names]),
      ),
    [directory],
  );
  return useCallback(
    (login) =>
      personText(login, text, (key) => {
        const names = byKey.get(key);
        return names ? nameIn(names, language) : '';
      }),
    [text, byKey, language],
  );
}
