const LONGEST_STEM = 8;

/**
 * What the numbers of a centre begin with until somebody sets it: the name without the word for its kind, and 综, as
 * 雄关综 of 雄关街道; with a figure where another centre has that.
 */
export function firstAbbreviation(name: string, isTaken: (word: string) => boolean): string {
  const letters = name.replace(/[^\p{L}\p{N}]/gu, '');
  const stem = letters.replace(/(?<=.)(街道|社区|小区|村民小组|镇|乡|村|区)$/u, '').slice(0, LONGEST_STEM);
  for (let place = 1; ; place++) {
    const word = `${stem}${place > 1 ? place : ''}综`;
    if (!isTaken(word)) return word;
  }
}
