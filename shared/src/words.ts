import type { Language } from './names.js';
import { wordsEn } from './words/en.js';
import { wordsHans } from './words/zh-hans.js';
import { wordsHant } from './words/zh-hant.js';

/** The words of a language for the keys of the contract. */
export type Words = typeof wordsHans;

/** One catalogue for screens and files, so that a key has one name in each language. */
export const WORDS: Readonly<Record<Language, Words>> = {
  'zh-Hans': wordsHans,
  'zh-Hant': wordsHant,
  en: wordsEn,
};
