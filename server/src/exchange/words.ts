import type { Language } from '@app/shared';
import { exportEn } from './words/en.js';
import { exportHans } from './words/zh-hans.js';
import { exportHant } from './words/zh-hant.js';

export type Words = typeof exportHans;

/** What files say, in the language of whoever asked for them. */
export const WORDS: Readonly<Record<Language, Words>> = {
  'zh-Hans': exportHans,
  'zh-Hant': exportHant,
  en: exportEn,
};
