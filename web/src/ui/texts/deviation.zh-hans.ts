import type { Deviation } from '@app/shared';

/** What a sentence about a deviation is made of, as words. */
interface Told {
  readonly callSign: string;
  readonly from: string;
  readonly limit: string;
  readonly bound: string;
}

/** 巡组偏离：偏离巡区、滞留、失联、超速，以及终端静默。 */
export const deviationHans = {
  kind: {
    'off-beat': '偏离巡区',
    stationary: '长时间滞留',
    'lost-contact': '失联',
    overspeed: '超速',
    'silent-device': '终端静默',
  } satisfies Record<Deviation, string>,
  told: {
    'off-beat': ({ callSign, from, limit }: Told) => `${callSign} 自 ${from} 起在巡区外（超过 ${limit}）`,
    stationary: ({ callSign, from, limit }: Told) => `${callSign} 自 ${from} 起停留未动（超过 ${limit}）`,
    'lost-contact': ({ callSign, from, limit }: Told) =>
      `${callSign} 自 ${from} 起无定位，已失联（超过 ${limit}）`,
    overspeed: ({ callSign, from, bound }: Told) => `${callSign} 自 ${from} 起超速（${bound} 公里/小时以上）`,
    'silent-device': ({ callSign, from, limit }: Told) =>
      `${callSign} 有一台终端自 ${from} 起无消息（超过 ${limit}）`,
  } satisfies Record<Deviation, (told: Told) => string>,
  asked: (force: string, told: string) => `请联络席（${force}）核实：${told}`,
  now: '当前偏离',
  since: (kind: string, from: string, age: string) => `${kind} · 自 ${from} 起 · 已 ${age}`,
  lost: (age: string) => `失联 ${age}`,
  questions: '联系核实',
  questionsHint: '以下巡组一段时间没有消息。只是请贵部核实其安全，恢复上报后自动消失。',
  silent: (span: string) => `静默 ${span}`,
  silentOff: (span: string) => `静默 ${span}（无在班预警）`,
};
