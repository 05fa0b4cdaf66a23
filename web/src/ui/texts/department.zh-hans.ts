/** 本中心的部门：名单、派遣、处置步骤。 */
export const departmentHans = {
  title: '中心部门',
  sent: (n: number) => `已派部门 ${n} 个`,
  hint: '可与巡组一并派遣。部门没有终端，签收、到场、办结由中心值班员登记。',
  set: '设置部门',
  setHint: '部门只写名称，不写人员和电话。不再使用的部门请停用，已派出的不受影响。繁体和英文可不填。',
  open: '启用',
  add: '添加部门',
  save: '保存部门',
  none: '尚未设置部门',
  closed: '已停用',
  fault: {
    name: '简体名称必填；名称里不能有电话号码（连续 5 位以上数字）。',
    twice: '已有同名部门。',
  },
  send: (teams: number, departments: number) =>
    `派遣 ${[...(teams > 0 ? [`${teams} 组`] : []), `${departments} 个部门`].join('、')}`,
  acceptAndSend: (teams: number, departments: number) =>
    `受理并派遣 ${[...(teams > 0 ? [`${teams} 组`] : []), `${departments} 个部门`].join('、')}`,
  step: {
    acknowledge: '登记签收',
    arrive: '登记到场',
    clear: '登记办结',
    decline: '登记拒签',
    recall: '撤回',
  },
  returned: '部门已退回：请另派巡组或部门，或说明理由后自行办理。',
};
