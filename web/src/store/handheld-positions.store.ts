import { create } from 'zustand';
import { fixApi, StoredFixes } from '../link/handheld-fixes.js';
import { HandheldPositions, type PositionsState } from './handheld-positions.js';
import { handheldSync } from './handheld.store.js';

/** Whether this machine tells where it is, and how far that has come. */
export const usePositions = create<PositionsState>(() => ({
  agreed: null,
  waiting: 0,
  isFailing: false,
  isNoting: false,
  toldAt: null,
  verdict: null,
}));

/** What tells it; one for the page. */
export const handheldPositions = new HandheldPositions({
  box: new StoredFixes(),
  api: fixApi,
  show: (part) => usePositions.setState(part),
  now: () => handheldSync.serverNow(),
});
