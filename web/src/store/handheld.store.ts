import { create } from 'zustand';
import { StoredBox } from '../link/handheld-box.js';
import { handheldApi, mintId } from '../link/handheld.js';
import { type HandheldState, HandheldSync } from './handheld-sync.js';

/** What the handheld shows. */
export const useHandheld = create<HandheldState>(() => ({
  door: 'unknown',
  crew: undefined,
  kept: undefined,
  queue: [],
  sending: null,
  isOnline: navigator.onLine,
}));

/** What it does; one for the page. */
export const handheldSync = new HandheldSync({
  box: new StoredBox(),
  api: handheldApi,
  show: (part) => useHandheld.setState(part),
  mint: mintId,
  now: () => Date.now(),
});
