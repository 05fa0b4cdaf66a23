import type { ReportField, ReportKind, ReportState } from '@app/shared';

/** What is said of reports to the higher centre. */
export const reportsHans = {
  heading: '信息报送',
  kind: { first: '首报', 'follow-up': '续报', final: '终报' } satisfies Record<ReportKind, string>,
  title: (kind: ReportKind, ordinal: number): string =>
    kind === 'follow-up' ? `续报${numeral(ordinal)}` : kind === 'first' ? '首报' : '终报',
  state: { wanted: '待报', draft: '草稿', sent: '已报送', acknowledged: '已签收' } satisfies Record<
    ReportState,
    string
  >,
  none: '还没有需要报送的信息',
  send: '报送',
  acknowledge: '签收',
  save: '保存草稿',
  unsaved: '有未保存的修改',
  toCentre: '主送 ',
  outside: '上级机关',
  overdue: '超时',
  due: '时限',
  from: '报送单位',
  to: '主送单位',
  fixed: '已报送，不可更改',
  noneOpen: '没有在途的报送',
  field: {
    receivedAt: '接报时间',
    source: '信息来源',
    occurredAt: '事发时间',
    place: '事发地点',
    nature: '事件性质',
    scope: '影响范围',
    losses: '初步损失（伤亡、财产）',
    trend: '发展趋势',
    leaders: '领导到位情况',
    measures: '已采取措施',
    advice: '下一步建议',
    progress: '最新进展',
    outcome: '处置结果',
  } satisfies Record<ReportField, string>,
};

/** 一 to 九十九. */
function numeral(n: number): string {
  const digits = '零一二三四五六七八九';
  const ten = n < 20 ? '' : (digits[Math.floor(n / 10)] ?? '');
  const one = n % 10 === 0 ? '' : (digits[n % 10] ?? '');
  return n < 10 ? one : `${ten}十${one}`;
}
