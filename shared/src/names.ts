import { z } from 'zod';

export const LANGUAGES = ['zh-Hans', 'zh-Hant', 'en'] as const;
export const Language = z.enum(LANGUAGES);
export type Language = z.infer<typeof Language>;

/** A name in the product's three scripts. */
export const Names = z.strictObject({
  hans: z.string().max(120),
  hant: z.string().max(120),
  en: z.string().max(160),
});
export type Names = z.infer<typeof Names>;
/** Of what is not known any more. */
export const NAMELESS: Names = { hans: '', hant: '', en: '' };

const KEY = { 'zh-Hans': 'hans', 'zh-Hant': 'hant', en: 'en' } as const satisfies Record<
  Language,
  keyof Names
>;

/** The name for a language; simplified Chinese where the script has none. */
export const nameIn = (names: Names, language: Language): string => names[KEY[language]] || names.hans;
