import { WORDS } from '@app/shared';
import type { filesHans } from './zh-hans.js';

export const filesHant: typeof filesHans = {
  ...WORDS['zh-Hant'],
  incidents: '事件',
  column: {
    number: '編號',
    category: '類別',
    severity: '等級',
    status: '狀態',
    centre: '所屬中心',
    origin: '上報中心',
    grid: '網格',
    place: '地點',
    lng: '經度',
    lat: '緯度',
    source: '來源',
    occurred: '發生時間',
    recorded: '錄入時間',
    accepted: '受理時間',
    dispatched: '派遣時間',
    arrived: '到場時間',
    handled: '辦結時間',
    closed: '結案時間',
    teams: '巡組',
    description: '情況描述',
  },
  document: {
    heading: (title) => `突發事件信息（${title}）`,
    sentAt: '報送時間',
    by: '報送人',
    unsent: '草稿，未報送',
    acknowledged: '簽收',
    empty: '（暫無）',
  },
};
