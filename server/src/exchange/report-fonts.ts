import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import subsetFont from 'subset-font';

const require = createRequire(import.meta.url);

type Weight = '400Regular' | '700Bold';

/** What the fonts of a report call themselves. */
export const REPORT_FONT = 'Noto Sans SC';

/**
 * A whole open font (Noto Sans SC, SIL OFL 1.1), since a reader has none that can be relied on; the document gets its
 * subset. TrueType: a subset of the OpenType one takes ten times as long, in which nobody else is answered.
 */
export const reportFont = (weight: Weight): Promise<Buffer> =>
  readFile(require.resolve(`@expo-google-fonts/noto-sans-sc/${weight}/NotoSansSC_${weight}.ttf`));

/** Digits, Latin and the signs of Chinese text: an office that corrects a date or a number still has them. */
const ALWAYS = `${String.fromCharCode(...Array.from({ length: 95 }, (_, i) => 0x20 + i))}　、。〈〉《》「」『』〔〕（），：；？！“”‘’—…·`;

/** A font file of its own with no more than these characters, by which a document that is edited finds its letters. */
export const reportSubset = async (weight: Weight, text: string): Promise<Buffer> =>
  subsetFont(await reportFont(weight), ALWAYS + text, { targetFormat: 'truetype' });
