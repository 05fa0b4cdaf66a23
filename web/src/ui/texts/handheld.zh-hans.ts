/** 巡组手持终端：本班、计划、打卡、处警、求助；断网可用。 */
export const handheldHans = {
  title: '巡组手持',
  noShift: '当前没有班次',
  noPlan: '本班没有必巡点',
  plan: '本班计划',
  signOut: '退出',
};
