import type { handheldHans } from './handheld.zh-hans.js';

export const handheldEn: typeof handheldHans = {
  title: 'Team handheld',
  noShift: 'No shift now',
  noPlan: 'No checkpoints in this shift',
  plan: 'Plan of this shift',
  signOut: 'Sign out',
};
