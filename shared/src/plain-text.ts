/**
 * Characters that nobody sees and that make a text read otherwise than it is: controls but for tab and line ends,
 * directions and other formats, fillers, halves of pairs. A joiner may stand within a pictograph.
 */
const HIDDEN =
  /(?![\t\n\r])\p{Cc}|(?<!\p{Extended_Pictographic}\p{Emoji_Modifier}?\uFE0F?)\u200D|(?!\u200D)\p{Cf}|\p{Cs}|[\u2028\u2029\u115F\u1160\u3164\uFFA0]/u;

/** Keys that mean something to the language itself: no field of ours has such a name. */
const RESERVED: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);
/** Whoever chose a password knows what is in it. */
const UNREAD: ReadonlySet<string> = new Set(['password']);

/** The first hidden character of a text as `U+202E`; undefined when there is none. */
export function hiddenIn(text: string): string | undefined {
  const [found] = HIDDEN.exec(text) ?? [];
  const code = found?.codePointAt(0);
  return code === undefined ? undefined : `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** What is wrong with what somebody sent, before anybody looks at its shape. */
export type BadWords =
  | { readonly at: string; readonly hidden: string }
  | { readonly at: string; readonly key: string };

/**
 * The first hidden character or reserved key anywhere in a value, as deep as it goes; undefined when there is none. No
 * recursion: the depth is the sender's to choose.
 */
export function badWordsIn(value: unknown): BadWords | undefined {
  const left: { readonly at: string; readonly value: unknown }[] = [{ at: '', value }];
  for (let one = left.pop(); one !== undefined; one = left.pop()) {
    const { at, value: seen } = one;
    if (typeof seen === 'string') {
      const hidden = hiddenIn(seen);
      if (hidden !== undefined) return { at, hidden };
    }
    // Numbers by the thousand, as of a geometry, have no words in them; bytes are nobody's text.
    if (typeof seen !== 'object' || seen === null || ArrayBuffer.isView(seen)) continue;
    for (const key of Object.keys(seen)) {
      if (RESERVED.has(key)) return { at, key };
      const hidden = hiddenIn(key);
      if (hidden !== undefined) return { at, hidden };
      if (UNREAD.has(key)) continue;
      const inner: unknown = (seen as Readonly<Record<string, unknown>>)[key];
      if (typeof inner === 'string' || (typeof inner === 'object' && inner !== null))
        left.push({ at: at === '' ? key : `${at}.${key}`, value: inner });
    }
  }
  return undefined;
}
