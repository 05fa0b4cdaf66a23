import { FONT } from '../ui/fonts.js';

/** Colours of charts: those of the tokens, since a canvas reads no CSS. */
export const LOOK = {
  text: '#b7c6d4',
  faint: '#8497a9',
  line: '#2a3947',
  actual: '#dbe5ee',
  band: '#3a5068',
  usual: '#7f9cb8',
  above: '#ff7a6b',
  below: '#7fb8a4',
} as const;

/** Ages from harmless to forgotten. */
export const AGE_COLOUR = ['#4c6780', '#7593ad', '#c9a45c', '#ff7a6b'] as const;

export function letters(sizePx: number, color: string = LOOK.text) {
  return { fontFamily: FONT, fontSize: sizePx, color };
}

/** About how wide a text is drawn: a Chinese character is as wide as its size, a Latin letter little over half. */
export function widthOf(text: string, sizePx: number): number {
  let width = 0;
  for (const letter of text) width += letter > '\u2e80' ? sizePx : sizePx * 0.56;
  return width;
}
