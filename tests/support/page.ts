import { TextEncoder } from 'node:util';

/** A page of no width and no wish: nothing that is asked of it holds, nor ever changes. */
const matchMedia = (media: string) => Object.assign(new EventTarget(), { matches: false, media });

/** What every browser has and jsdom has not. */
Object.assign(globalThis, { TextEncoder, matchMedia });
