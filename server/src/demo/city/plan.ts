import type { RoadClass } from './demo-city.js';
import type { Spot } from './frame.js';

/** The drawn part of the city, in kilometres east and north of its centre. All of it is invented. */

/** Points as they are written in SVG: `x y, x y, …`. */
function path(points: string): readonly Spot[] {
  return points.split(',').map((point): Spot => {
    const [x = NaN, y = NaN] = point.trim().split(/\s+/).map(Number);
    if (Number.isNaN(x + y)) throw new RangeError(`"${point}" is no point of the plan, wanted "x y"`);
    return [x, y];
  });
}

/** Outer border, counter-clockwise. */
export const OUTLINE: readonly Spot[] = path(`
    18.6 -1.4, 17.5 2.6, 18.9 6.4, 16.1 9.9, 12.9 12.7, 9.1 13.5, 6.4 12.6, 3.9 13.1, 2.2 11.4,
    2.6 9.2, 2.3 7.5, 1.0 7.2, -0.6 8.1, -1.6 10.2, -3.6 11.9, -6.6 12.4, -9.7 10.7, -13.3 11.1,
    -16.2 8.5, -15.3 5.0, -17.4 1.7, -15.9 -2.2, -17.1 -5.5, -14.4 -8.9, -11.3 -9.6, -8.9 -12.0,
    -4.7 -12.8, -1.1 -11.7, 3.0 -13.2, 7.4 -12.5, 10.1 -10.7, 14.1 -10.8, 16.5 -7.9, 19.2 -5.1`);

/** West side of the northern works, from the outer border down to the ring road. */
export const WORKS_WEST: readonly Spot[] = path('0.3 8.6, 0.5 6.6, 0.45 5.4, 0.7 4.18');

/** East side of the northern works, from the ring road up to the outer border. */
export const WORKS_EAST: readonly Spot[] = path('3.3 3.9, 3.15 5.2, 2.75 6.4, 2.1 8.2');

/** The ring road, from its north-west corner about by west, south and east. Both ends of the works' borders are on it. */
export const RING_ROAD: readonly Spot[] = path(`
    0.7 4.18, -0.9 4.22, -1.9 4.1, -2.9 3.68, -3.85 3.12, -4.35 2.6, -4.58 1.9, -4.62 0.2, -4.6 -1.4,
    -4.56 -2.4, -4.35 -3.05, -3.85 -3.5, -3.1 -3.7, -1.5 -3.78, 0.2 -3.92, 1.4 -4.04, 2.5 -4.02,
    3.35 -3.8, 4.0 -3.3, 4.35 -2.6, 4.46 -1.6, 4.5 -0.5, 4.58 0.8, 4.56 2.1, 4.42 2.95, 4.0 3.55,
    3.3 3.9, 2.0 4.1`);

/** West of it lies 雄关, east of it 钢城. */
export const RAILWAY: readonly Spot[] = path(`
    18.9 -6.7, 14 -6.0, 9 -5.5, 5.2 -5.6, 2.9 -5.15, 1.7 -4.5, 1.15 -3.6, 0.75 -2.4, 0.38 -1.0,
    0.12 0.4, -0.15 1.8, -0.5 3.2, -0.98 4.6, -1.9 6.2, -4.2 8.2, -8 9.4, -12 9.7, -17 9.4`);

export const HIGH_SPEED_RAILWAY: readonly Spot[] = path(
  '-19 -3.3, -12 -4.3, -6 -5.3, 1.8 -5.8, 6 -6.5, 11 -7.9, 20 -9.4',
);

/** Leaves the main line north of the town and ends at the furnaces. */
export const WORKS_SIDING: readonly Spot[] = path(
  '-1.9 6.2, -1.05 5.4, 0.1 4.9, 1.25 4.5, 2.05 3.9, 2.65 3.35, 3.4 2.75, 4.1 2.45',
);

export const RIVER: readonly Spot[] = path(`
    -14 -13.5, -12.2 -10.8, -10.2 -8.2, -7 -7.3, -4 -7.5, -1 -7.1, 1.8 -7.7, 4.6 -8.5, 7.2 -8.3,
    9.2 -6.9, 10.7 -4.8, 12.6 -3.5, 15.4 -3.1, 20 -2.2`);

/** Borders between the three towns, from the ring road to the river, which they follow from there to the outer border. */
export const TOWN_BORDERS: readonly (readonly Spot[])[] = [
  path('-3.7 -3.2, -5.2 -5.2, -6.4 -6.8, -8.2 -7.6'),
  path('4.3 -1.9, 6.4 -2.5, 9.4 -2.9, 12.3 -3.6'),
];

/** Points inside the towns, which say whose a piece is. */
export const TOWN_SEATS: Readonly<Record<string, Spot>> = {
  'suburb/xincheng': [9.6, 5.2],
  'suburb/yuquan': [-6.9, 3.5],
  'suburb/wenshu': [5.4, -9.9],
};

export interface PlannedRoad {
  readonly name: string;
  readonly generic: string;
  readonly class: RoadClass;
  readonly line: readonly Spot[];
}

function road(name: string, generic: string, roadClass: RoadClass, points?: string): PlannedRoad {
  return { name, generic, class: roadClass, line: points === undefined ? [] : path(points) };
}

/** They bound the communities. A line that shares a point with another meets it there. */
export const ARTERIALS: readonly PlannedRoad[] = [
  road('长城', '路', 'arterial', '-2.75 -4.2, -2.68 -2.13, -2.6 -0.5, -2.56 0.94, -2.62 2.45, -2.85 4.4'),
  road('新华', '路', 'arterial', '-1.38 -4.2, -1.18 -2.05, -1.1 -0.42, -1.15 0.85, -1.28 2.3, -1.62 4.6'),
  road('镜铁', '路', 'arterial', '1.95 -4.6, 1.72 -2.2, 1.5 -0.55, 1.4 0.8, 1.34 2.25, 1.4 4.5'),
  road(
    '建设',
    '路',
    'arterial',
    '3.3 -4.2, 2.95 -1.85, 2.75 -0.32, 2.68 0.9, 2.67 1.85, 2.6 2.08, 2.38 2.17, 1.34 2.25, 1.2 2.26',
  ),
  road('胜利', '路', 'arterial', '-5 2.72, -3.6 2.56, -2.62 2.45, -1.28 2.3, 0 2.2, 1.34 2.25, 1.5 2.25'),
  road('迎宾', '路', 'arterial', '-5 1.0, -2.56 0.94, -1.15 0.85, 0.1 0.8, 1.4 0.8, 2.68 0.9, 5 1.1'),
  road(
    '雄关',
    '路',
    'arterial',
    '-5 -0.72, -2.6 -0.5, -1.1 -0.42, 0.3 -0.5, 1.5 -0.55, 2.75 -0.32, 4.9 -0.2',
  ),
  road(
    '和平',
    '路',
    'arterial',
    '-5.1 -2.1, -2.68 -2.13, -1.18 -2.05, 0.6 -2.2, 1.72 -2.2, 2.95 -1.85, 4.9 -1.5',
  ),
  road('关城', '大道', 'arterial', '-1.15 0.85, -2.58 1.42, -3.6 1.8, -5 2.1'),
];

/** They run inside the communities. */
export const SECONDARIES: readonly PlannedRoad[] = [
  road('体育', '大道', 'arterial', '1.5 -0.55, 2.3 -1.28, 2.95 -1.85, 3.7 -2.5, 4.6 -3.1'),
  road(
    '西苑',
    '路',
    'street',
    '-3.75 -3.9, -3.62 -2.1, -3.58 -0.6, -3.55 0.97, -3.6 1.8, -3.6 2.56, -3.45 3.9',
  ),
  road(
    '站西',
    '路',
    'street',
    '0.05 -4.3, -0.16 -2.12, -0.38 -0.46, -0.48 0.82, -0.7 2.25, -1.05 3.3, -1.45 3.7',
  ),
  road('东湖', '路', 'street', '4.15 -3.6, 3.82 -1.7, 3.6 -0.26, 3.58 1.0, 3.6 1.15'),
  road('文化', '路', 'street', '-4.9 0.15, -2.58 0.22, -1.12 0.2, -0.43 0.16, 0.4 0.15'),
  road('文化', '路', 'street', '-0.1 0.14, 1.45 0.12, 2.72 0.26, 3.59 0.35, 5 0.4'),
  road('五一', '路', 'street', '-5 -1.4, -2.64 -1.3, -1.14 -1.22, -0.26 -1.3, 0.9 -1.35'),
  road('五一', '路', 'street', '0.2 -1.36, 1.6 -1.36, 2.3 -1.28, 2.85 -1.1, 3.72 -0.95, 5 -0.9'),
  road('振兴', '路', 'street', '-5 3.2, -3.5 3.15, -2.7 3.2, -1.42 3.15, -1.0 3.2, 0.2 3.1'),
  road('振兴', '路', 'street', '-0.8 3.12, 0.4 3.05, 1.36 3.1, 1.6 3.1'),
  road('永安', '路', 'street', '-5 -3.05, -3.7 -2.98, -2.72 -2.95, -1.28 -2.92, -0.06 -3.02, 1.2 -3.05'),
  road('永安', '路', 'street', '0.5 -3.06, 1.84 -3.1, 3.12 -2.95, 3.45 -2.27, 3.5 -2.2'),
  road('人民', '路', 'street', '-1.22 1.55, -0.58 1.52, 0.2 1.5'),
  road('人民', '路', 'street', '-0.3 1.5, 1.37 1.52, 2.67 1.55, 2.8 1.55'),
  road(
    '兰新',
    '路',
    'street',
    `
    0.62 4.4, 0.6 3.07, 0.7 2.22, 0.75 0.8, 0.8 0.13, 0.85 -0.52, 1.05 -1.36, 1.2 -2.2, 1.45 -3.08,
    1.6 -4.4`,
  ),
  road(
    '朝阳',
    '街',
    'street',
    '-1.9 0.9, -1.86 0.21, -1.84 -0.46, -1.86 -1.26, -1.92 -2.09, -2.0 -2.94, -2.1 -4',
  ),
  road('光明', '街', 'street', '2.08 2.4, 2.04 1.53, 2.05 0.85, 2.1 0.19, 2.12 -0.44, 2.3 -1.28'),
];

/** Inside the works; their blocks are large. */
export const WORKS_ROADS: readonly PlannedRoad[] = [
  road('钢城', '路', 'street', '2.68 1.9, 3.3 2.0, 4.0 2.05, 4.9 2.1'),
  road('炼铁', '路', 'street', '1.3 3.2, 2.3 3.15, 3.3 2.9, 4.6 2.75'),
  road('高炉', '路', 'street', '2.3 4.3, 2.3 3.15, 2.28 2'),
  road('轧钢', '路', 'street', '3.55 4.2, 3.3 2.9, 3.3 2.0, 3.45 0.8'),
  road('工业', '路', 'street', '0.2 5.2, 1.2 5.35, 2.2 5.3, 3.5 5.2'),
  road('光伏', '路', 'street', '0.2 6.3, 1.2 6.4, 2.2 6.35, 3.3 6.2'),
  road('园区', '路', 'street', '1.95 3.9, 1.9 5.32, 1.7 6.38, 1.6 7.6'),
];

/** From the ring road along the works to the airport. */
export const AIRPORT_ROAD = road('机场', '路', 'arterial', '2.75 6.4, 3.3 8.0, 4.6 8.9');

/** The roads beside the railway; they follow from it. */
export const RAILSIDE_WEST = road('铁西', '路', 'street');
export const RAILSIDE_EAST = road('铁东', '路', 'street');

/** A point of each community's superblock. */
export const COMMUNITY_SEATS: Readonly<Record<string, Spot>> = {
  'xiongguan/jiabei': [-3.4, 3.0],
  'xiongguan/shuguang': [-2.0, 3.2],
  'xiongguan/tiebei': [-0.9, 3.0],
  'xiongguan/yuyuan': [-3.8, 2.25],
  'xiongguan/hecheng': [-3.6, 1.3],
  'xiongguan/changsheng': [-1.9, 1.8],
  'xiongguan/xiongguan': [-2.2, 1.1],
  'xiongguan/renmin': [-0.7, 1.4],
  'xiongguan/dehui': [-3.5, 0.2],
  'xiongguan/shengli': [-1.7, 0.1],
  'xiongguan/youyi': [-0.5, 0.3],
  'xiongguan/yingbin': [-3.5, -1.2],
  'xiongguan/qilian': [-1.7, -1.1],
  'xiongguan/fumin': [-0.4, -1.2],
  'xiongguan/luhua': [-3.3, -2.8],
  'xiongguan/yonghe': [-1.8, -2.8],
  'xiongguan/tienan': [-0.2, -2.8],
  'gangcheng/jianshe': [1.8, 5.4],
  'gangcheng/wuyi': [0.5, 3.2],
  'gangcheng/lanxin': [3.2, 2.9],
  'gangcheng/xinhua': [0.6, 1.5],
  'gangcheng/dazhong': [2.0, 1.5],
  'gangcheng/limin': [0.8, 0.2],
  'gangcheng/yongle': [2.1, 0.2],
  'gangcheng/dongan': [3.6, 0.3],
  'gangcheng/jianlin': [0.9, -1.4],
  'gangcheng/jiayuan': [2.3, -1.0],
  'gangcheng/zhaohui': [3.6, -1.0],
  'gangcheng/zixuan': [1.2, -3.0],
  'gangcheng/mingzhu': [2.4, -3.0],
  'gangcheng/nanhu': [3.5, -2.4],
};

/** Hearts of the town: blocks are small and houses high near them. */
export const HEARTS: readonly { readonly spot: Spot; readonly reachKm: number }[] = [
  { spot: [-1.15, 0.2], reachKm: 4.2 },
  { spot: [1.55, 0.0], reachKm: 3.7 },
];

/** Watered land in the gobi. */
export const OASES: readonly { readonly spot: Spot; readonly reachKm: number }[] = [
  { spot: [9.6, 5.6], reachKm: 6.5 },
  { spot: [13.2, 2.2], reachKm: 4.5 },
  { spot: [5.2, -9.6], reachKm: 5.2 },
  { spot: [11.2, -7.4], reachKm: 4.2 },
  { spot: [-6.9, 3.6], reachKm: 3.0 },
  { spot: [0.0, -5.8], reachKm: 3.4 },
  { spot: [6.6, 0.6], reachKm: 3.2 },
  { spot: [-5.6, -2.6], reachKm: 3.0 },
];

/** Where the city's own pin stands. */
export const CITY_PIN: Spot = [-0.95, 0.1];

export const FORT: Spot = [-5.72, 3.21];
export const AIRPORT: Spot = [4.51, 9.415];
export const RUNWAY = { spot: [4.17, 9.62] as Spot, angle: 1.0, lengthM: 3500, widthM: 980 };
export const SOUTH_STATION: Spot = [1.82, -5.785];

/** Main roads out of town. They begin where the core's roads meet the ring road. */
export const COUNTRY_ROADS: readonly PlannedRoad[] = [
  road(
    '关城',
    '大道',
    'arterial',
    '-4.58 1.98, -5.1 2.35, -5.5 2.95, -6.3 3.3, -6.9 3.5, -8.6 4.3, -11.2 4.5, -14.6 5.6, -17 6.2',
  ),
  road('机场', '路', 'arterial', '2.35 7.4, 2.9 8.1, 3.9 8.7, 4.35 9.1'),
  road('新城', '路', 'arterial', '4.57 1.07, 6.2 2.2, 8.1 4.3, 9.6 5.2, 11.4 6.6, 14.4 8.3, 17.5 9.6'),
  road('峪泉', '路', 'arterial', '-4.61 -0.69, -6.6 -0.9, -9.4 -0.3, -12.6 0.5, -15.4 0.2, -18 0.9'),
  road('文殊', '路', 'arterial', '1.88 -4.05, 2.6 -6.9, 3.6 -8.6, 5.4 -9.9, 6.6 -11.8, 6.9 -14'),
  road('南站', '路', 'arterial', '-1.34 -3.79, -0.6 -4.8, 0.6 -5.45, 1.7 -5.62, 2.4 -5.6'),
  road(
    '连霍',
    '高速',
    'trunk',
    '-16 -2.6, -12 -3.3, -8 -4.1, -4.6 -4.75, -0.5 -4.85, 3.6 -4.7, 8 -4.35, 13 -4.5, 20 -3.4',
  ),
  road('酒泉', '路', 'arterial', '4.45 -1.5, 6.9 -2.0, 10.2 -2.3, 14.0 -1.6, 17.6 -0.6, 20 0.2'),
];

/** Grids that stay green, some with a lake. */
export const PARKS: readonly {
  readonly hans: string;
  readonly en: string;
  readonly spot: Spot;
  readonly lake: string | null;
}[] = [
  { hans: '南湖公园', en: 'Nanhu Park', spot: [3.3, -2.75], lake: '南湖' },
  { hans: '迎宾湖公园', en: 'Yingbin Lake Park', spot: [-4.15, -1.05], lake: '迎宾湖' },
  { hans: '森林公园', en: 'Forest Park', spot: [-4.1, 1.35], lake: null },
  { hans: '雄关公园', en: 'Xiongguan Park', spot: [-1.5, 0.55], lake: null },
  { hans: '东湖公园', en: 'Donghu Park', spot: [4.1, 0.05], lake: null },
  { hans: '人民公园', en: 'Renmin Park', spot: [-0.85, 1.75], lake: null },
  { hans: '钢城公园', en: 'Gangcheng Park', spot: [1.2, 1.2], lake: null },
  { hans: '铁南公园', en: 'Tienan Park', spot: [-0.5, -2.6], lake: null },
];
