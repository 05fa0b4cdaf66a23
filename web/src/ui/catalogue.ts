import { LANGUAGES, type Language } from '@app/shared';
import { create } from 'zustand';
import { en } from './texts/en.js';
import { zhHans } from './texts/zh-hans.js';
import { zhHant } from './texts/zh-hant.js';

/** What every language must say; simplified Chinese is written first and names the keys. */
export type Texts = typeof zhHans;

/** The whole catalogue. A key that one language lacks does not compile. */
export const CATALOGUE: Readonly<Record<Language, Texts>> = { 'zh-Hans': zhHans, 'zh-Hant': zhHant, en };

const STORED_AS = 'language';

interface LanguageChoice {
  readonly language: Language;
  readonly choose: (language: Language) => void;
}

/** The language of this browser, kept in its local storage. */
export const useLanguage = create<LanguageChoice>((set) => ({
  language: firstLanguage(),
  choose: (language) => {
    try {
      localStorage.setItem(STORED_AS, language);
    } catch {
      // A browser without storage keeps the choice until the page is closed.
    }
    document.documentElement.lang = language;
    set({ language });
  },
}));

/** The texts of the language chosen. */
export function useText(): Texts {
  return CATALOGUE[useLanguage((choice) => choice.language)];
}

function firstLanguage(): Language {
  const asked = new URLSearchParams(location.search).get('lang') ?? stored();
  return LANGUAGES.find((language) => language === asked) ?? 'zh-Hans';
}

function stored(): string | null {
  try {
    return localStorage.getItem(STORED_AS);
  } catch {
    return null;
  }
}
