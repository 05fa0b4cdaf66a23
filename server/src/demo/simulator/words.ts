import type { Category } from '@app/shared';
import type { Random } from './random.js';

/** Short neutral sentences by category: places and things, never a person who could be known. */
const SENTENCES: Readonly<Record<Category, readonly string[]>> = {
  traffic: [
    '两车轻微刮擦，占用一条车道',
    '货车抛锚，后方车辆缓行',
    '信号灯不亮，路口通行缓慢',
    '电动车与小客车碰擦，需到场查看',
    '路面遗撒物，影响通行',
  ],
  dispute: [
    '邻里因噪声发生争执',
    '商铺与顾客发生消费纠纷',
    '停车位使用争议',
    '装修施工时间争议',
    '物业收费争议，双方在场',
  ],
  disorder: [
    '夜间喧哗，影响周边休息',
    '摊位占道经营',
    '有人在公共场所起哄',
    '墙面新增乱涂乱画',
    '小区门口聚集吵闹',
  ],
  medical: ['路人突感不适，需要救助', '老人跌倒，需要协助', '运动中扭伤，行走困难', '中暑不适，需要送医'],
  'lost-found': ['拾得背包一个，请协助认领', '遗失证件，请协助查找', '拾得钥匙一串', '物品遗落在公交车上'],
  infrastructure: ['井盖松动', '路灯不亮', '自来水管渗漏，路面积水', '护栏损坏', '电梯停运，无人员被困'],
  hazard: [
    '楼道堆放杂物，堵塞通道',
    '消防通道被占用',
    '树枝断裂悬挂',
    '燃气异味，需到场检测',
    '工地围挡松动',
  ],
  crowd: ['广场人流较多，需要疏导', '商场促销，入口排队拥挤', '散场人流集中', '公交站候车人员较多'],
  fire: ['垃圾桶冒烟', '厨房油烟触发报警', '绿化带小面积着火', '配电箱冒烟'],
  'suspicious-object': ['无人看管的行李箱一只', '路边发现不明包裹', '绿化带内发现不明容器'],
  'natural-hazard': ['大风刮倒广告牌', '沙尘致能见度降低', '短时强降雨，低洼处积水'],
  other: ['咨询办事流程，需要引导', '流浪犬出没', '求助开锁引导', '反映公共设施使用问题'],
};

export const sentenceFor = (random: Random, category: Category): string => random.pick(SENTENCES[category]);

/** What stands on the card: the road and the area, as far as they have names; at most 120 letters. */
export function placeLabel(road: string, area: string): string | undefined {
  const label = road && area ? `${area} · ${road}` : area || road;
  return label ? label.slice(0, 120) : undefined;
}
