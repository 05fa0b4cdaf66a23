import { create } from 'zustand';

/** Teams that were just sent and can be taken back with one click. */
export interface Sent {
  readonly incident: string;
  readonly number: string;
  readonly teams: readonly { readonly id: string; readonly callSign: string }[];
}

interface SentStore {
  readonly sent: Sent | undefined;
  tell(sent: Sent): void;
  /** Leaves out a team that was taken back; without teams nothing is left to say. */
  without(team: string): void;
  forget(): void;
}

export const useSent = create<SentStore>((set) => ({
  sent: undefined,
  tell: (sent) => set({ sent }),
  without: (team) =>
    set(({ sent }) => {
      const teams = sent?.teams.filter(({ id }) => id !== team) ?? [];
      return { sent: sent && teams.length > 0 ? { ...sent, teams } : undefined };
    }),
  forget: () => set({ sent: undefined }),
}));
