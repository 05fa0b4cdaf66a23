import type { sosHans } from './sos.zh-hans.js';

export const sosHant: typeof sosHans = {
  title: '求助',
  calls: (callSign) => `${callSign} 求助`,
  presses: (n) => `按鍵 ${n} 次`,
  calling: '尚無人回應',
  answered: '已回應',
  placed: (place, age) => `位置 ${place} · ${age}`,
  noPlace: '位置未知，請電台呼叫',
  nearest: '最近可派',
  noneNear: '附近沒有可派巡組',
  metres: (m) => `${m} 公尺`,
  kilometres: (km) => `${km} 公里`,
  answer: '我來回應',
  end: '結束求助',
  endAs: '結果',
  keep: '先不',
  more: (n) => `另有 ${n} 起求助`,
  callFor: '代報求助',
  callSure: (callSign) => `確認為 ${callSign} 發出求助？`,
  outcome: {
    helped: '已救援',
    resolved: '險情解除',
    'pressed-by-mistake': '誤按',
    exercise: '演練',
  },
};
