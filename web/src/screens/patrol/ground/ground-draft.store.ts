import { create } from 'zustand';
import { type Draft, type DraftStep, EMPTY_DRAFT, stepDraft } from './ground-draft.js';

interface GroundDraftStore {
  /** Whose it is: another person at this page begins with nothing. */
  readonly account: string | undefined;
  readonly draft: Draft;
  readonly belongTo: (account: string) => void;
  readonly step: (step: DraftStep) => void;
}

/** What is drawn and not saved: kept while one looks at another tab, or at another centre. */
export const useGroundDraft = create<GroundDraftStore>((set) => ({
  account: undefined,
  draft: EMPTY_DRAFT,
  belongTo: (account) =>
    set((store) => (store.account === account ? store : { account, draft: EMPTY_DRAFT })),
  step: (step) => set(({ draft }) => ({ draft: stepDraft(draft, step) })),
}));
