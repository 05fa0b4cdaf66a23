import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Action cards: a checklist for each category in versions that stand, and what was ticked at each incident. */
export class CreateActionCards1764000023000 implements MigrationInterface {
  readonly name = 'CreateActionCards1764000023000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table action_card (
        category text not null,
        version int not null,
        items jsonb not null,
        at timestamptz(3) not null,
        by_account uuid,
        by_name text not null,
        primary key (category, version)
      );

      create table action_tick (
        incident uuid not null references incident,
        item text not null,
        by_account uuid not null,
        by_name text not null,
        at timestamptz(3) not null,
        primary key (incident, item)
      );
    `);
    for (const [category, items] of Object.entries(FIRST_CARDS))
      await runner.query(
        `insert into action_card (category, version, items, at, by_name) values ($1, 1, $2, 'epoch', 'system')`,
        [category, JSON.stringify(items.map(([key, hans, hant, en]) => ({ key, text: { hans, hant, en } })))],
      );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table action_tick, action_card');
  }
}

type FirstItem = readonly [key: string, hans: string, hant: string, en: string];

/** What the product comes with; a city edits it. */
const FIRST_CARDS: Readonly<Record<string, readonly FirstItem[]>> = {
  disorder: [
    [
      'people',
      '问清人数、有无器械、有无人受伤',
      '問清人數、有無器械、有無人受傷',
      'Ask how many, whether armed, whether anybody is hurt',
    ],
    [
      'police',
      '派有公安的巡组，不单独派民兵',
      '派有公安的巡組，不單獨派民兵',
      'Send a team with police, never militia alone',
    ],
    ['approach', '告知巡组安全接近路线', '告知巡組安全接近路線', 'Tell the team a safe way in'],
    [
      'separate',
      '到场后先隔离双方，劝离围观人员',
      '到場後先隔離雙方，勸離圍觀人員',
      'On scene: keep both sides apart, move onlookers away',
    ],
    ['hurt', '有人受伤时通知急救', '有人受傷時通知急救', 'If anybody is hurt, call the ambulance'],
    [
      'close',
      '核实秩序已恢复后再办结',
      '核實秩序已恢復後再辦結',
      'Make sure that order is back before closing',
    ],
  ],
  traffic: [
    [
      'where',
      '确认车道、方向和受影响路段',
      '確認車道、方向和受影響路段',
      'Confirm lane, direction and the stretch affected',
    ],
    [
      'hurt',
      '有无人员伤亡、有无危险品车辆',
      '有無人員傷亡、有無危險品車輛',
      'Anybody hurt? Any vehicle with dangerous goods?',
    ],
    ['warn', '设置警示，防止二次事故', '設置警示，防止二次事故', 'Set up warnings against a second accident'],
    ['divert', '安排分流，通知相邻巡区', '安排分流，通知相鄰巡區', 'Divert traffic, tell the beats beside'],
    [
      'tow',
      '联系清障、急救、消防（按需）',
      '聯絡清障、急救、消防（按需）',
      'Call towing, ambulance, fire service as needed',
    ],
    [
      'open',
      '道路恢复后撤除警示并通报',
      '道路恢復後撤除警示並通報',
      'When the road is clear, take warnings away and say so',
    ],
  ],
  fire: [
    [
      '119',
      '转接 119，确认对方已接警',
      '轉接 119，確認對方已接警',
      'Pass it to 119 and make sure they have it',
    ],
    [
      'what',
      '问清燃烧物、楼层、有无人被困',
      '問清燃燒物、樓層、有無人被困',
      'Ask what burns, which floor, whether anybody is trapped',
    ],
    [
      'access',
      '打通消防通道，安排人员引路',
      '打通消防通道，安排人員引路',
      'Clear the fire lane, have somebody guide the engines',
    ],
    ['people', '疏散附近人员，设警戒区', '疏散附近人員，設警戒區', 'Move people away, set a cordon'],
    ['power', '通知供电、燃气按需切断', '通知供電、燃氣按需切斷', 'Have power and gas cut off as needed'],
    ['watch', '灭后留人看守，防复燃', '滅後留人看守，防復燃', 'Leave somebody to watch for a new outbreak'],
  ],
  medical: [
    [
      '120',
      '转接 120，说清地点和入口',
      '轉接 120，說清地點和入口',
      'Pass it to 120 with the place and its entrance',
    ],
    [
      'state',
      '问清意识、呼吸、出血情况',
      '問清意識、呼吸、出血情況',
      'Ask about consciousness, breathing, bleeding',
    ],
    [
      'aed',
      '指引最近的 AED 和急救包',
      '指引最近的 AED 和急救包',
      'Point to the nearest AED and first-aid kit',
    ],
    ['guide', '派人到路口接应救护车', '派人到路口接應救護車', 'Have somebody meet the ambulance'],
    [
      'privacy',
      '不在日志和电台中说姓名病情',
      '不在日誌和電台中說姓名病情',
      'No names and no diagnosis in logs or on the radio',
    ],
  ],
  'lost-found': [
    [
      'what',
      '登记物品种类、特征、拾得地点',
      '登記物品種類、特徵、拾得地點',
      'Note kind, marks and where it was found',
    ],
    [
      'safe',
      '可疑物品不触碰，改按可疑物品处置',
      '可疑物品不觸碰，改按可疑物品處置',
      'Do not touch what looks suspicious: treat it as such',
    ],
    [
      'keep',
      '交指定保管点，取得收据',
      '交指定保管點，取得收據',
      'Hand it to the keeping point against a receipt',
    ],
    ['tell', '告知失主领取方式', '告知失主領取方式', 'Tell the owner how to collect it'],
  ],
  hazard: [
    ['what', '确认隐患类型和影响范围', '確認隱患類型和影響範圍', 'Confirm what it is and how far it reaches'],
    ['mark', '先设警示，防止人员进入', '先設警示，防止人員進入', 'Mark it first, keep people out'],
    [
      'owner',
      '通知权属单位并约定到场时间',
      '通知權屬單位並約定到場時間',
      'Tell whoever owns it and agree when they come',
    ],
    [
      'photo',
      '留存现场照片（不拍人脸车牌）',
      '留存現場照片（不拍人臉車牌）',
      'Keep pictures of the place (no faces, no plates)',
    ],
    ['check', '整改后复查再办结', '整改後複查再辦結', 'Look again after it is mended, then close'],
  ],
  crowd: [
    ['count', '估计人数、密度和流向', '估計人數、密度和流向', 'Estimate number, density and direction'],
    [
      'exits',
      '确认出口畅通，打开备用通道',
      '確認出口暢通，打開備用通道',
      'Keep exits clear, open spare ways',
    ],
    ['limit', '必要时限流，暂停入场', '必要時限流，暫停入場', 'Limit or stop entry when needed'],
    ['posts', '在瓶颈处布点疏导', '在瓶頸處布點疏導', 'Post people at bottlenecks'],
    ['medical', '急救力量就近备勤', '急救力量就近備勤', 'Keep first aid close by'],
    [
      'over',
      '人流恢复正常后撤点并报告',
      '人流恢復正常後撤點並報告',
      'When it is normal again, withdraw and report',
    ],
  ],
  dispute: [
    ['safe', '问清有无肢体冲突或器械', '問清有無肢體衝突或器械', 'Ask about violence or weapons'],
    ['apart', '先分开当事各方，稳定情绪', '先分開當事各方，穩定情緒', 'Keep the parties apart and calm'],
    [
      'hear',
      '分别听取各方诉求，只记甲方乙方',
      '分別聽取各方訴求，只記甲方乙方',
      'Hear each side; write party A and B, no names',
    ],
    ['mediate', '能当场调解的当场调解', '能當場調解的當場調解', 'Mediate on the spot where possible'],
    [
      'pass',
      '不能化解的转矛盾调处并告知时限',
      '不能化解的轉矛盾調處並告知時限',
      'Otherwise pass it to mediation and say by when',
    ],
  ],
  'natural-hazard': [
    ['scope', '确认灾种、范围和发展趋势', '確認災種、範圍和發展趨勢', 'Confirm kind, extent and trend'],
    ['warn', '通知受影响网格和重点场所', '通知受影響網格和重點場所', 'Warn the grids and key sites affected'],
    ['move', '组织转移，打开避险场所', '組織轉移，打開避險場所', 'Move people, open shelters'],
    ['roads', '封控危险路段和水域', '封控危險路段和水域', 'Close dangerous roads and waters'],
    [
      'request',
      '力量不足时向上级报告并商请支援',
      '力量不足時向上級報告並商請支援',
      'Report upwards and request help when short of people',
    ],
    [
      'report',
      '按时限首报，之后续报',
      '按時限首報，之後續報',
      'First report within its limit, then follow-ups',
    ],
  ],
  infrastructure: [
    [
      'which',
      '确认设施种类、编号和影响户数',
      '確認設施種類、編號和影響戶數',
      'Confirm what it is, its number, how many are affected',
    ],
    [
      'danger',
      '有触电、漏气、塌陷危险的先警戒',
      '有觸電、漏氣、塌陷危險的先警戒',
      'Cordon first where shock, gas or collapse threatens',
    ],
    ['owner', '通知权属单位抢修', '通知權屬單位搶修', 'Call the owner to repair it'],
    [
      'people',
      '告知受影响群众预计恢复时间',
      '告知受影響群眾預計恢復時間',
      'Tell those affected when it will be back',
    ],
    ['check', '恢复后核实再办结', '恢復後核實再辦結', 'Make sure it works before closing'],
  ],
  'suspicious-object': [
    [
      'touch',
      '不触碰、不移动、不在附近用电台',
      '不觸碰、不移動、不在附近用電台',
      'Do not touch or move it, no radio near it',
    ],
    [
      'cordon',
      '疏散并设警戒，按专业意见定距离',
      '疏散並設警戒，按專業意見定距離',
      'Evacuate and cordon at the distance experts give',
    ],
    ['experts', '通知公安专业力量到场', '通知公安專業力量到場', 'Call the police experts'],
    ['second', '检查周边有无其他可疑物', '檢查周邊有無其他可疑物', 'Look for further objects nearby'],
    [
      'request',
      '需要武警时商请其指挥机构',
      '需要武警時商請其指揮機構',
      'If armed police are needed, request them of their own command',
    ],
    [
      'clear',
      '专业力量确认解除后再放行',
      '專業力量確認解除後再放行',
      'Open again only when the experts say so',
    ],
  ],
  other: [
    [
      'what',
      '问清发生了什么、在哪里、要什么',
      '問清發生了什麼、在哪裡、要什麼',
      'Ask what happened, where, and what is wanted',
    ],
    ['class', '能归类的改为具体类别', '能歸類的改為具體類別', 'Give it its own category where there is one'],
    ['who', '确定承办中心或部门', '確定承辦中心或部門', 'Settle who handles it'],
    ['tell', '向报告人反馈受理情况', '向報告人回饋受理情況', 'Tell whoever reported it what becomes of it'],
  ],
};
