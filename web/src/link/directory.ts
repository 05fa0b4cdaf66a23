import { CentreName, liaisonOf, nameIn } from '@app/shared';
import { useEffect } from 'react';
import { z } from 'zod';
import { create } from 'zustand';
import { useLanguage } from '../ui/catalogue.js';
import { ask } from './http.js';
import { useCentreName, useInstallation } from './installation.js';

interface Directory {
  readonly names: ReadonlyMap<string, CentreName>;
  readonly isAsked: boolean;
  load(): void;
}

/** The names of all open centres, asked for once, when somebody first needs one beyond the own tree. */
const useNames = create<Directory>((set, get) => ({
  names: new Map(),
  isAsked: false,
  load: () => {
    if (get().isAsked) return;
    set({ isAsked: true });
    ask('/api/centres/directory', z.object({ items: z.array(CentreName) })).then(
      ({ items }) => set({ names: new Map(items.map((item) => [item.id, item])) }),
      () => set({ isAsked: false }),
    );
  },
}));

/** Nothing for a desk of another command: it is told of no centre but those that ask it. */
export function useDirectory(isWanted = true): ReadonlyMap<string, CentreName> {
  const { names, load } = useNames();
  const { session } = useInstallation();
  const may = isWanted && liaisonOf(session.account.role) === undefined;
  useEffect(() => {
    if (may) load();
  }, [may, load]);
  return names;
}

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
