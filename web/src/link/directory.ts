import { CentreName, demoCentre, liaisonOf, type Names, nameIn } from '@app/shared';
import { useEffect } from 'react';
import { z } from 'zod';
import { create } from 'zustand';
import { useLanguage } from '../ui/catalogue.js';
import { ask } from './http.js';
import { useCentreName, useInstallation } from './installation.js';

interface Directory {
  readonly names: ReadonlyMap<string, CentreName>;
  /** By what a centre stands in the logins of the demo. */
  readonly byLogin: ReadonlyMap<string, Names>;
  readonly isAsked: boolean;
  load(): void;
}

/** The names of all open centres, asked for once, when somebody first needs one beyond the own tree. */
const useNames = create<Directory>((set, get) => ({
  names: new Map(),
  byLogin: new Map(),
  isAsked: false,
  load: () => {
    if (get().isAsked) return;
    set({ isAsked: true });
    ask('/api/centres/directory', z.object({ items: z.array(CentreName) })).then(
      ({ items }) =>
        set({
          names: new Map(items.map((item) => [item.id, item])),
          byLogin: new Map(
            items.map(({ id, code, names }) => [demoCentre({ id, code: code ?? null }), names]),
          ),
        }),
      () => set({ isAsked: false }),
    );
  },
}));

/** Empty for a desk of another command: it is told of no centre but those that ask it. */
function useLoaded(isWanted: boolean): Directory {
  const directory = useNames();
  const { load } = directory;
  const { session } = useInstallation();
  const may = isWanted && liaisonOf(session.account.role) === undefined;
  useEffect(() => {
    if (may) load();
  }, [may, load]);
  return directory;
}

/** The open centres of the city by their id. */
export const useDirectory = (isWanted = true): ReadonlyMap<string, CentreName> => useLoaded(isWanted).names;

/** The centres by what they stand for in the logins of the demo; nothing where there is none. */
export const useDemoCentres = (): ReadonlyMap<string, Names> =>
  useLoaded(useInstallation().settings.demo).byLogin;

/** The name of any centre of the city in the language chosen; empty until it is known. */
export function useAnyCentreName(isWanted = true): (id: string) => string {
  const own = useCentreName();
  const names = useDirectory(isWanted);
  const language = useLanguage((choice) => choice.language);
  return (id) => {
    const found = names.get(id);
    return own(id) || (found ? nameIn(found.names, language) : '');
  };
}
