import type { flowHans } from './flow.zh-hans.js';

export const flowHant: typeof flowHans = {
  more: '更多操作',
  offers: '移交與協辦',
  kind: { 'hand-up': '上交', 'hand-down': '交辦', 'hand-across': '移送', assist: '協辦' },
  waits: (from, kind, to) => `${from} ${kind}至 ${to}，待答覆`,
  waitsOn: (from, kind, next, to) => `${from} ${kind}至 ${next}，待 ${to} 轉交`,
  helps: (centre) => `${centre} 正在協辦`,
  keepsDuty: '對方接收之前，責任仍在本中心。',
  returnedByCentre: (centre) => `${centre}已退回：請先決定自行辦理、改交其他中心或不予受理，之後才能繼續。`,
  returnedByTeam: '巡組已退回：請另派巡組，或說明理由後自行辦理。',
  suspended: (until) => `已掛起至 ${until}，屆時自動恢復，期間不計時`,
  extension: {
    asked: (by, until) => `${by} 申請延期至 ${until}，待初審`,
    reviewed: (by, until) => `${by} 申請延期至 ${until}，已初審，待上級批准`,
  },
  extended: (n) => `已延期 ${n} 次`,
  reworked: (n) => `已返工 ${n} 次`,
  reopened: (n) => `已重開 ${n} 次`,
  followUpDue: (until) => `請在 ${until} 前回訪`,
  satisfaction: { satisfied: '滿意', fair: '基本滿意', dissatisfied: '不滿意（將重開）' },
  followedUp: (word) => `回訪：${word}`,
  toCentre: '對方中心',
  until: '截止時間',
  to: (centre) => `→ ${centre}`,
};
