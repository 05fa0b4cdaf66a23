import type { Deviation, QuestionAnswer } from '@app/shared';

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
  manyLost: (some: string, n: number) => `${some} 等 ${n} 组同时失联：先查网络与终端接入`,
  questions: '联系核实',
  doorHint: '贵部有巡组经此通道上报；其间不逐组询问。',
  questionsHint:
    '以下巡组一段时间没有消息。只是请贵部核实其安全，恢复上报后自动消失。答复即时送达提问方；说明只供有权人员查看，不上大屏。',
  answer: {
    checking: '正在核实',
    safe: '人员安全',
    'on-task': '另有任务',
    'help-wanted': '需要支援',
    declined: '不便说明',
  } satisfies Record<QuestionAnswer, string>,
  answered: (force: string, clock: string, answer: string) => `${force}联络席 ${clock} 答复：${answer}`,
  answeredMine: (clock: string, answer: string) => `${clock} 已答复：${answer}`,
  unanswered: '待答复',
  answerNote: '说明（可不填）',
  silent: (span: string) => `静默 ${span}`,
  silentOff: (span: string) => `静默 ${span}（无在班预警）`,
  rules: {
    title: '偏离规则',
    hint: '在班巡组自何时起算偏离。写得更具体的优先：先看勤务等级，再看牵头力量，再看方式。持续多久起算、恢复多久算结束都按秒计。保存后从下一次判断起生效；这些数值由本市自定，并无国家标准。',
    kind: '类别',
    level: '勤务等级',
    force: '牵头力量',
    mode: '方式',
    isJudged: '判断',
    after: '持续超过（秒）',
    bound: '界限',
    clear: '结束（秒）',
    any: '不限',
    never: '不判断',
    unit: { metres: '米', kmh: '公里/小时' },
    add: '增加一条',
    notYet: (n: number) => `有 ${n} 条需要改正，改正后才能保存。`,
    fault: {
      after: '持续时间须为 10 至 86400 秒的整数。',
      clear: '恢复时间须为 0 至 3600 秒的整数。',
      bound: '界限须在 1 至 20000 之间。',
      'no-bound': '请填写界限：没有界限，这条规则永远不会报出偏离。',
      twice: '上面已有一条适用于同一类别、等级、力量和方式的规则，请只保留一条。',
    },
  },
};
