import { contains, innerPoint } from '../../places/polygon.js';
import type { DemoGrid, DemoKeySite, KeySiteKind } from './demo-city.js';
import { positionOf, type Spot } from './frame.js';
import * as plan from './plan.js';
import { namesOf } from './words.js';

type Row = readonly [
  key: string,
  kind: KeySiteKind,
  hans: string,
  en: string,
  spotKm: Spot,
  circle: 1 | 3 | 5,
];

/** Fort, airport and stations stand about where the real ones do; every other site is invented. */
const SITES: readonly Row[] = [
  ['fort', 'fort', '关城景区', 'Fortress Scenic Area', plan.FORT, 5],
  ['airport', 'airport', '机场航站楼', 'Airport Terminal', plan.AIRPORT, 5],
  ['south-station', 'railway-station', '嘉峪关南站', 'Jiayuguan South Station', plan.SOUTH_STATION, 3],
  ['station', 'railway-station', '嘉峪关站', 'Jiayuguan Station', [0.42, -1.82], 1],
  ['city-government', 'government', '市民服务中心', 'Civic Service Centre', [-1.75, 0.45], 1],
  ['xiongguan-office', 'government', '雄关街道办事处', 'Xiongguan Subdistrict Office', [-2.15, -0.9], 3],
  ['gangcheng-office', 'government', '钢城街道办事处', 'Gangcheng Subdistrict Office', [1.95, 0.55], 3],
  ['suburb-office', 'government', '郊区办事处', 'Suburb Office', [-3.2, -1.75], 3],
  ['xiongguan-square', 'square', '雄关广场', 'Xiongguan Square', [-1.0, 0.05], 1],
  ['steel-square', 'square', '钢城广场', 'Gangcheng Square', [1.65, 0.0], 1],
  ['youth-square', 'square', '青年广场', 'Youth Square', [-0.75, -1.75], 3],
  ['first-hospital', 'hospital', '市第一医院', 'City First Hospital', [-1.55, -0.75], 1],
  ['works-hospital', 'hospital', '钢城医院', 'Gangcheng Hospital', [2.35, 0.75], 1],
  ['tcm-hospital', 'hospital', '市中医医院', 'City Hospital of Chinese Medicine', [-2.9, 0.6], 3],
  ['childrens-hospital', 'hospital', '妇幼保健院', 'Maternal and Child Hospital', [-2.3, 2.0], 3],
  ['first-middle-school', 'school', '市第一中学', 'City No. 1 Middle School', [-0.6, 0.55], 1],
  ['second-middle-school', 'school', '市第二中学', 'City No. 2 Middle School', [2.4, -0.6], 3],
  ['third-middle-school', 'school', '市第三中学', 'City No. 3 Middle School', [-3.1, -0.2], 3],
  ['xinhua-primary', 'school', '新华路小学', 'Xinhua Road Primary School', [-1.45, -1.6], 3],
  ['shengli-primary', 'school', '胜利路小学', 'Shengli Road Primary School', [-1.95, 2.75], 3],
  ['jianshe-primary', 'school', '建设路小学', 'Jianshe Road Primary School', [2.45, -1.05], 3],
  ['nanhu-primary', 'school', '南湖小学', 'Nanhu Primary School', [3.75, -1.95], 3],
  ['polytechnic', 'school', '职业技术学院', 'Polytechnic College', [-3.9, 0.5], 5],
  ['central-mall', 'mall', '雄关购物中心', 'Xiongguan Shopping Centre', [-1.3, -0.15], 1],
  ['steel-mall', 'mall', '钢城百货', 'Gangcheng Department Store', [1.25, -0.3], 3],
  ['west-mall', 'mall', '西苑商场', 'Xiyuan Mall', [-3.3, 1.25], 3],
  ['central-market', 'market', '富强市场', 'Fuqiang Market', [-0.75, -0.7], 3],
  ['farm-market', 'market', '农产品批发市场', 'Farm Produce Market', [3.55, -3.35], 5],
  ['central-bank', 'bank', '新华路支行', 'Xinhua Road Bank Branch', [-1.25, 0.6], 1],
  ['works-bank', 'bank', '镜铁路支行', 'Jingtie Road Bank Branch', [1.6, 1.1], 3],
  ['south-bank', 'bank', '和平路支行', 'Heping Road Bank Branch', [-2.2, -1.95], 3],
  ['stadium', 'stadium', '体育馆', 'Sports Centre', [2.6, -1.4], 3],
  ['museum', 'museum', '长城博物馆', 'Great Wall Museum', [-3.15, 1.75], 3],
  ['bus-station', 'bus-station', '汽车客运站', 'Coach Station', [-0.15, -1.75], 3],
  ['south-bus-station', 'bus-station', '南站客运枢纽', 'South Station Interchange', [1.35, -5.45], 5],
  ['theme-park', 'park', '欢乐谷乐园', 'Theme Park', [-4.95, 4.35], 5],
  ['forest-park', 'park', '森林公园', 'Forest Park', [-4.1, 1.35], 5],
  ['nanhu-park', 'park', '南湖公园', 'Nanhu Park', [3.3, -2.75], 3],
  ['steelworks', 'plant', '钢铁厂区', 'Steel Works', [3.0, 2.55], 5],
  ['fuel-depot', 'fuel', '油品储备库', 'Fuel Depot', [2.6, 6.0], 5],
  ['fuel-station', 'fuel', '环城西路加油站', 'Ring Road West Filling Station', [-4.4, -0.3], 5],
  ['waterworks', 'utility', '第一水厂', 'First Waterworks', [-3.4, -3.3], 5],
  ['power-plant', 'utility', '热电厂', 'Heat and Power Plant', [1.9, 3.4], 5],
  ['substation', 'utility', '城东变电站', 'East Substation', [4.25, -1.1], 5],
];

/** The sites of the table, each moved off the streets to the middle of its block. */
export function placeKeySites(blocks: readonly (readonly Spot[])[]): DemoKeySite[] {
  return SITES.map(([key, kind, hans, en, [x, y], circle]) => {
    const block = blocks.find((ring) => contains([ring], x * 1000, y * 1000));
    const spot: Spot = block ? innerPoint(block) : [x * 1000, y * 1000];
    return { key, kind, names: namesOf(hans, en), position: positionOf(spot), circle };
  });
}

const DEDICATED = new Set<KeySiteKind>(['airport', 'fort', 'plant', 'railway-station']);

/** A grid around a fort, an airport, a station or a plant is a dedicated one. */
export function dedicate(grids: readonly DemoGrid[], sites: readonly DemoKeySite[]): DemoGrid[] {
  const special = sites.filter(({ kind }) => DEDICATED.has(kind)).map(({ position }) => position);
  return grids.map((grid) => {
    const isSpecial = special.some(([lng, lat]) => contains([grid.polygon], lng, lat));
    return isSpecial ? { ...grid, kind: 'dedicated' } : grid;
  });
}
