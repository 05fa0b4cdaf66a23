import { WORDS } from '@app/shared';
import type { reportsHans } from './reports.zh-hans.js';

export const reportsHant: typeof reportsHans = {
  ...WORDS['zh-Hant'].reports,
  heading: '信息報送',
  state: { wanted: '待報', draft: '草稿', sent: '已報送', acknowledged: '已簽收' },
  none: '還沒有需要報送的信息',
  send: '報送',
  acknowledge: '簽收',
  save: '儲存草稿',
  unsaved: '有未儲存的修改',
  toCentre: '主送 ',
  overdue: '逾時',
  due: '時限',
  fixed: '已報送，不可更改',
  noneOpen: '沒有在途的報送',
};
