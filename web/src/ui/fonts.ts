export const FONT = 'Noto Sans SC Variable';

const asked = new Set<string>();

/**
 * Loads the subsets of the font that some texts need. A map rasterises a label once and keeps it: a character whose
 * subset comes later would stay a box for ever. Answers at once for what was asked before.
 */
export async function loadFontFor(texts: Iterable<string>): Promise<void> {
  let fresh = '';
  for (const text of texts) {
    for (const character of text) {
      if (asked.has(character)) continue;
      asked.add(character);
      fresh += character;
    }
  }
  if (fresh === '') return;
  try {
    await Promise.all([
      document.fonts.load(`24px "${FONT}"`, fresh),
      document.fonts.load(`600 24px "${FONT}"`, fresh),
    ]);
  } catch {
    // Asked again with the next text: a label in a fallback font is better than none.
    for (const character of fresh) asked.delete(character);
  }
}
