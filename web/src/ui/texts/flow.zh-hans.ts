import type {
  EvidenceKind,
  FlowLimits,
  OfferKind,
  Satisfaction,
  SupervisionTrigger,
  TimeKind,
} from '@app/shared';

const EVIDENCE = { photo: '现场照片', any: '照片或文件' } satisfies Record<EvidenceKind, string>;

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
  change: {
    chooses: '更正为',
    proposed: (by: string, to: string) => `${by} 提请更正为：${to}，待值班长确认`,
    changed: (from: string, to: string) => `${from} → ${to}`,
  },
  was: (what: string, said: string | null) => `${what}原为：${said ?? '未填写'}`,
  extended: (n: number) => `已延期 ${n} 次`,
  reworked: (n: number) => `已返工 ${n} 次`,
  reopened: (n: number) => `已重开 ${n} 次`,
  followUpDue: (until: string) => `请在 ${until} 前回访`,
  followUpLate: (until: string) => `回访已超时，应在 ${until} 前完成`,
  satisfaction: { satisfied: '满意', fair: '基本满意', dissatisfied: '不满意（将重开）' } satisfies Record<
    Satisfaction,
    string
  >,
  followedUp: (word: string) => `回访：${word}`,
  supervised: {
    proposed: (trigger: string) => `提请上级督办：${trigger}，待上级值班长确认`,
    open: (trigger: string, centre: string) => `${centre} 督办：${trigger}`,
    answered: (centre: string) => `已答复 ${centre} 的督办，待其解除`,
  },
  trigger: {
    'by-hand': '上级督办',
    'not-accepted': '应受理未受理',
    'not-handled': '应办理未办理',
    'not-lawful': '不依法办理',
  } satisfies Record<SupervisionTrigger, string>,
  evidence: {
    kinds: { photo: '照片', any: '照片或文件' } satisfies Record<EvidenceKind, string>,
    wanted: (step: string, what: EvidenceKind, { least, seen }: { least: number; seen: number }) =>
      `${step}前须有${EVIDENCE[what]} ${least} 份，现有 ${seen} 份：请在下方“照片与文件”添加，或由现场巡组拍摄`,
    crew: (what: EvidenceKind, least: number) =>
      `办结前须有${EVIDENCE[what]} ${least} 份，请拍摄处置后的现场`,
  },
  rules: {
    title: '流程规则',
    step: '步骤',
    what: '材料',
    least: '至少（份）',
    addEvidence: '增加材料要求',
    addLevels: '增加级别限制',
    levels: '可由哪些级别操作',
    hint: '类别单列的优先于“不限”；0 份表示不要求。返工、重开后须重新提供。流程表已有的级别限制（如督办由上级、交办事件由交办方结案）始终有效，此处只能再收紧；最高一级始终可以操作。',
  },
  clocks: {
    stage: '阶段',
    level: '级别',
    category: '类别',
    severity: '等级',
    kind: '计时方式',
    value: '时限',
    any: '不限',
    days: '天',
    add: '增加一条',
    remove: '删除',
    kinds: {
      emergency: '紧急工作时',
      working: '工作时',
      workdays: '工作日',
      days: '自然日',
    } satisfies Record<TimeKind, string>,
    limit: {
      suspendDays: '挂起最长（天）',
      reopenDays: '结案后可重开（天）',
      duplicateRadiusM: '疑似重复：距离（米）',
      duplicateHours: '疑似重复：时间（小时）',
      unmergeMinutes: '可撤销合并（分钟）',
    } satisfies Record<keyof FlowLimits, string>,
    hint: '越具体的优先：先看等级，再看类别，再看级别；时限为 0 表示不计时。修改只影响此后进入该阶段的事件。',
    calendar: '节假日与调休',
    year: '年份',
    file: '日历文件',
    fileHint: '每行一天：日期,休或班,名称（UTF-8）。导入后取代该年原有内容。',
    badLine: (line: number, seen: string) => `第 ${line} 行：${seen}`,
    known: (year: number, holidays: number, workdays: number) =>
      `${year} 年：放假 ${holidays} 天，调休上班 ${workdays} 天`,
  },
  waitMark: {
    'hand-up': '上交中',
    'hand-down': '交办中',
    'hand-across': '移送中',
    assist: '请求协办',
  } satisfies Record<OfferKind, string>,
  helpMark: '协办中',
  supervisionMark: { proposed: '提请督办', open: '督办', answered: '督办已答复' },
  duplicates: '疑似重复',
  shareTeam: '巡组另派他处',
  absorb: '并入另一起',
  release: '撤销并入',
  noDuplicates: '附近没有同类的未结事件',
  duplicateWhy: (score: number, metres: number, minutes: number, sameGrid: boolean) =>
    `相似度 ${score}%：相距 ${metres} 米、相隔 ${minutes} 分钟${sameGrid ? '、同一网格' : ''}`,
  mergedInto: (number: string, until: string) => `已合并到 ${number}，${until} 前可撤销`,
  absorbed: (number: string) => `${number} 已合并到本事件`,
  toCentre: '对方中心',
  until: '截止时间',
  to: (centre: string) => `→ ${centre}`,
};
