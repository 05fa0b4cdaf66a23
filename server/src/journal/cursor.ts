/** A place in the journal that can be proved: the number of an entry and the random mark stored with it. */
export interface Cursor {
  readonly seq: number;
  readonly mark: number;
}

export const formatCursor = ({ seq, mark }: Cursor): string => `${seq}.${mark}`;

/** The cursor of a text, or undefined when it is none. */
export function parseCursor(text: string): Cursor | undefined {
  const match = /^(\d{1,15})\.(\d{1,10})$/.exec(text);
  return match ? { seq: Number(match[1]), mark: Number(match[2]) } : undefined;
}
