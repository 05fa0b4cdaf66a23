import { type ReportState, WORDS } from '@app/shared';

/** What is said of reports to the higher centre. */
export const reportsHans = {
  ...WORDS['zh-Hans'].reports,
  heading: '信息报送',
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
  overdue: '超时',
  due: '时限',
  fixed: '已报送，不可更改',
  noneOpen: '没有在途的报送',
};
