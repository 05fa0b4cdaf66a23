import type { reportsHans } from './reports.zh-hans.js';

export const reportsHant: typeof reportsHans = {
  heading: '信息報送',
  kind: { first: '首報', 'follow-up': '續報', final: '終報' },
  title: (kind, ordinal) =>
    kind === 'follow-up' ? `續報${numeral(ordinal)}` : kind === 'first' ? '首報' : '終報',
  state: { wanted: '待報', draft: '草稿', sent: '已報送', acknowledged: '已簽收' },
  none: '還沒有需要報送的信息',
  send: '報送',
  acknowledge: '簽收',
  save: '儲存草稿',
  unsaved: '有未儲存的修改',
  toCentre: '主送 ',
  outside: '上級機關',
  overdue: '逾時',
  due: '時限',
  from: '報送單位',
  to: '主送單位',
  fixed: '已報送，不可更改',
  noneOpen: '沒有在途的報送',
  field: {
    receivedAt: '接報時間',
    source: '信息來源',
    occurredAt: '事發時間',
    place: '事發地點',
    nature: '事件性質',
    scope: '影響範圍',
    losses: '初步損失（傷亡、財產）',
    trend: '發展趨勢',
    leaders: '領導到位情況',
    measures: '已採取措施',
    advice: '下一步建議',
    progress: '最新進展',
    outcome: '處置結果',
  },
};

/** 一 to 九十九. */
function numeral(n: number): string {
  const digits = '零一二三四五六七八九';
  const ten = n < 20 ? '' : (digits[Math.floor(n / 10)] ?? '');
  const one = n % 10 === 0 ? '' : (digits[n % 10] ?? '');
  return n < 10 ? one : `${ten}十${one}`;
}
