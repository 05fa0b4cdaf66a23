import { WORDS } from '@app/shared';

/** What only exported files say. */
export const filesHans = {
  ...WORDS['zh-Hans'],
  incidents: '事件',
  column: {
    number: '编号',
    category: '类别',
    severity: '等级',
    status: '状态',
    centre: '所属中心',
    origin: '上报中心',
    grid: '网格',
    place: '地点',
    lng: '经度',
    lat: '纬度',
    source: '来源',
    occurred: '发生时间',
    recorded: '录入时间',
    accepted: '受理时间',
    dispatched: '派遣时间',
    arrived: '到场时间',
    handled: '办结时间',
    closed: '结案时间',
    teams: '巡组',
    description: '情况描述',
  },
  document: {
    heading: (title: string) => `突发事件信息（${title}）`,
    sentAt: '报送时间',
    by: '报送人',
    unsent: '草稿，未报送',
    acknowledged: '签收',
    empty: '（暂无）',
  },
};
