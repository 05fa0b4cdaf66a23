import type { Language } from '@app/shared';
import { filesEn } from './words/en.js';
import { filesHans } from './words/zh-hans.js';
import { filesHant } from './words/zh-hant.js';

export type FileWords = typeof filesHans;

/** What files say, in the language of whoever asked for them: the words of the contract, and their own. */
export const FILE_WORDS: Readonly<Record<Language, FileWords>> = {
  'zh-Hans': filesHans,
  'zh-Hant': filesHant,
  en: filesEn,
};
