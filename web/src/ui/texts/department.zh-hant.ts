import type { departmentHans } from './department.zh-hans.js';

export const departmentHant: typeof departmentHans = {
  title: '中心部門',
  sent: (n) => `已派部門 ${n} 個`,
  hint: '可與巡組一併派遣。部門沒有終端，簽收、到場、辦結由中心值班員登記。',
  set: '設定部門',
  setHint: '部門只寫名稱，不寫人員和電話。不再使用的部門請停用，已派出的不受影響。繁體和英文可不填。',
  open: '啟用',
  add: '新增部門',
  save: '儲存部門',
  none: '尚未設定部門',
  closed: '已停用',
  fault: {
    name: '簡體名稱必填；名稱裡不能有電話號碼（連續 5 位以上數字）。',
    twice: '已有同名部門。',
  },
  send: (teams, departments) =>
    `派遣 ${[...(teams > 0 ? [`${teams} 組`] : []), `${departments} 個部門`].join('、')}`,
  acceptAndSend: (teams, departments) =>
    `受理並派遣 ${[...(teams > 0 ? [`${teams} 組`] : []), `${departments} 個部門`].join('、')}`,
  step: {
    acknowledge: '登記簽收',
    arrive: '登記到場',
    clear: '登記辦結',
    decline: '登記拒簽',
    recall: '撤回',
  },
  returned: '部門已退回：請另派巡組或部門，或說明理由後自行辦理。',
};
