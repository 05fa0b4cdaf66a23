import { create } from 'zustand';

const STORED_AS = 'ground-hidden';

interface GroundShown {
  readonly isShown: boolean;
  readonly toggle: () => void;
}

/** Whether this browser's maps show beats and checkpoints. */
export const useGroundShown = create<GroundShown>((set, get) => ({
  isShown: !isHidden(),
  toggle: () => {
    const isShown = !get().isShown;
    try {
      if (isShown) localStorage.removeItem(STORED_AS);
      else localStorage.setItem(STORED_AS, '1');
    } catch {
      // A browser without storage keeps the choice until the page is closed.
    }
    set({ isShown });
  },
}));

function isHidden(): boolean {
  try {
    return localStorage.getItem(STORED_AS) === '1';
  } catch {
    return false;
  }
}
