import type { SosOutcome } from '@app/shared';

/** 一键求助：巡组遇险求助，由人响应、由人结束。 */
export const sosHans = {
  title: '求助',
  calls: (callSign: string) => `${callSign} 求助`,
  presses: (n: number) => `按键 ${n} 次`,
  calling: '尚无人响应',
  answered: '已响应',
  placed: (place: string, age: string) => `位置 ${place} · ${age}`,
  noPlace: '位置未知，请电台呼叫',
  nearest: '最近可派',
  noneNear: '附近没有可派巡组',
  metres: (m: number) => `${m} 米`,
  kilometres: (km: string) => `${km} 公里`,
  answer: '我来响应',
  end: '结束求助',
  endAs: '结果',
  keep: '先不',
  more: (n: number) => `另有 ${n} 起求助`,
  callFor: '代报求助',
  callSure: (callSign: string) => `确认为 ${callSign} 发出求助？`,
  outcome: {
    helped: '已救援',
    resolved: '险情解除',
    'pressed-by-mistake': '误按',
    exercise: '演练',
  } satisfies Record<SosOutcome, string>,
};
