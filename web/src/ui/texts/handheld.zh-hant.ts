import type { handheldHans } from './handheld.zh-hans.js';

export const handheldHant: typeof handheldHans = {
  title: '巡組手持',
  noShift: '目前沒有班次',
  noPlan: '本班沒有必巡點',
  plan: '本班計畫',
  signOut: '登出',
};
