import type { deviationHans } from './deviation.zh-hans.js';

export const deviationHant: typeof deviationHans = {
  kind: {
    'off-beat': '偏離巡區',
    stationary: '長時間滯留',
    'lost-contact': '失聯',
    overspeed: '超速',
    'silent-device': '終端靜默',
  },
  told: {
    'off-beat': ({ callSign, from, limit }) => `${callSign} 自 ${from} 起在巡區外（超過 ${limit}）`,
    stationary: ({ callSign, from, limit }) => `${callSign} 自 ${from} 起停留未動（超過 ${limit}）`,
    'lost-contact': ({ callSign, from, limit }) => `${callSign} 自 ${from} 起無定位，已失聯（超過 ${limit}）`,
    overspeed: ({ callSign, from, bound }) => `${callSign} 自 ${from} 起超速（${bound} 公里/小時以上）`,
    'silent-device': ({ callSign, from, limit }) =>
      `${callSign} 有一臺終端自 ${from} 起無消息（超過 ${limit}）`,
  },
  asked: (force, told) => `請聯絡席（${force}）核實：${told}`,
  now: '目前偏離',
  since: (kind, from, age) => `${kind} · 自 ${from} 起 · 已 ${age}`,
  lost: (age) => `失聯 ${age}`,
  questions: '聯絡核實',
  questionsHint: '以下巡組一段時間沒有消息。只是請貴部核實其安全，恢復上報後自動消失。',
  silent: (span) => `靜默 ${span}`,
  silentOff: (span) => `靜默 ${span}（無在班預警）`,
};
