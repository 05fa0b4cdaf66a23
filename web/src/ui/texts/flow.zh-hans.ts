import type { OfferKind, Satisfaction } from '@app/shared';

/** How an incident goes between centres and clocks; the other two languages have the same keys. */
export const flowHans = {
  more: '更多操作',
  offers: '移交与协办',
  kind: { 'hand-up': '上交', 'hand-down': '交办', 'hand-across': '移送', assist: '协办' } satisfies Record<
    OfferKind,
    string
  >,
  waits: (from: string, kind: string, to: string) => `${from} ${kind}至 ${to}，待答复`,
  waitsOn: (from: string, kind: string, next: string, to: string) =>
    `${from} ${kind}至 ${next}，待 ${to} 转交`,
  helps: (centre: string) => `${centre} 正在协办`,
  keepsDuty: '对方接收之前，责任仍在本中心。',
  returnedByCentre: (centre: string) =>
    `${centre}已退回：请先决定自行办理、改交其他中心或不予受理，之后才能继续。`,
  returnedByTeam: '巡组已退回：请另派巡组，或说明理由后自行办理。',
  suspended: (until: string) => `已挂起至 ${until}，届时自动恢复，期间不计时`,
  extension: {
    asked: (by: string, until: string) => `${by} 申请延期至 ${until}，待初审`,
    reviewed: (by: string, until: string) => `${by} 申请延期至 ${until}，已初审，待上级批准`,
  },
  extended: (n: number) => `已延期 ${n} 次`,
  reworked: (n: number) => `已返工 ${n} 次`,
  reopened: (n: number) => `已重开 ${n} 次`,
  followUpDue: (until: string) => `请在 ${until} 前回访`,
  satisfaction: { satisfied: '满意', fair: '基本满意', dissatisfied: '不满意（将重开）' } satisfies Record<
    Satisfaction,
    string
  >,
  followedUp: (word: string) => `回访：${word}`,
  toCentre: '对方中心',
  until: '截止时间',
  to: (centre: string) => `→ ${centre}`,
};
