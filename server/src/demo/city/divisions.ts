import type { CentreKind, Names } from './demo-city.js';

/** Key, last three digits of the code, and the name without its generic word in three scripts. */
type Row = readonly [key: string, code: string, hans: string, hant: string, en: string];

export interface Division {
  readonly key: string;
  readonly parent: string | null;
  readonly kind: CentreKind;
  readonly code: string | null;
  readonly names: Names;
  /** The name without its generic word: 福民 of 福民社区. */
  readonly stem: Names;
  readonly aliases: readonly string[];
}

const GENERIC = {
  community: { hans: '社区', hant: '社區', en: 'Community' },
  town: { hans: '镇', hant: '鎮', en: 'Town' },
  village: { hans: '村', hant: '村', en: 'Village' },
  subdistrict: { hans: '街道', hant: '街道', en: 'Subdistrict' },
} as const;

/**
 * The real divisions: statistical division codes of 2023 (National Bureau of Statistics, edition of 2023-06-30).
 * Trap: the statistical codes hang under a pseudo-county, so the city's own 620200 is no prefix of them.
 * The suburb holds the three towns and has no code. The Hant and English names are not official.
 */
const SUBDISTRICTS: readonly Row[] = [
  ['xiongguan', '001', '雄关', '雄關', 'Xiongguan'],
  ['gangcheng', '002', '钢城', '鋼城', 'Gangcheng'],
];

const TOWNS: readonly Row[] = [
  ['xincheng', '100', '新城', '新城', 'Xincheng'],
  ['yuquan', '101', '峪泉', '峪泉', 'Yuquan'],
  ['wenshu', '102', '文殊', '文殊', 'Wenshu'],
];

const COMMUNITIES: Readonly<Record<string, readonly Row[]>> = {
  xiongguan: [
    ['fumin', '001', '福民', '福民', 'Fumin'],
    ['shengli', '002', '胜利', '勝利', 'Shengli'],
    ['luhua', '003', '绿化', '綠化', 'Lühua'],
    ['qilian', '004', '祁连', '祁連', 'Qilian'],
    ['renmin', '005', '人民', '人民', 'Renmin'],
    ['yonghe', '006', '雍和', '雍和', 'Yonghe'],
    ['youyi', '007', '友谊', '友誼', 'Youyi'],
    ['jiabei', '008', '嘉北', '嘉北', 'Jiabei'],
    ['xiongguan', '009', '雄关', '雄關', 'Xiongguan'],
    ['tiebei', '010', '铁北', '鐵北', 'Tiebei'],
    ['tienan', '011', '铁南', '鐵南', 'Tienan'],
    ['yingbin', '012', '迎宾', '迎賓', 'Yingbin'],
    ['dehui', '013', '德惠', '德惠', 'Dehui'],
    ['changsheng', '014', '昌盛', '昌盛', 'Changsheng'],
    ['yuyuan', '015', '峪苑', '峪苑', 'Yuyuan'],
    ['shuguang', '016', '曙光', '曙光', 'Shuguang'],
    ['hecheng', '017', '和诚', '和誠', 'Hecheng'],
  ],
  gangcheng: [
    ['dazhong', '001', '大众', '大眾', 'Dazhong'],
    ['xinhua', '002', '新华', '新華', 'Xinhua'],
    ['limin', '003', '利民', '利民', 'Limin'],
    ['wuyi', '004', '五一', '五一', 'Wuyi'],
    ['lanxin', '005', '兰新', '蘭新', 'Lanxin'],
    ['jianshe', '006', '建设', '建設', 'Jianshe'],
    ['yongle', '007', '永乐', '永樂', 'Yongle'],
    ['dongan', '008', '东安', '東安', "Dong'an"],
    ['jianlin', '009', '建林', '建林', 'Jianlin'],
    ['jiayuan', '010', '佳苑', '佳苑', 'Jiayuan'],
    ['zhaohui', '011', '朝晖', '朝暉', 'Zhaohui'],
    ['zixuan', '012', '紫轩', '紫軒', 'Zixuan'],
    ['mingzhu', '013', '明珠', '明珠', 'Mingzhu'],
    ['nanhu', '014', '南湖', '南湖', 'Nanhu'],
  ],
};

const VILLAGES: Readonly<Record<string, readonly Row[]>> = {
  xincheng: [
    ['yemawan', '200', '野麻湾', '野麻灣', 'Yemawan'],
    ['henggou', '201', '横沟', '橫溝', 'Henggou'],
    ['changcheng', '202', '长城', '長城', 'Changcheng'],
    ['xincheng', '203', '新城', '新城', 'Xincheng'],
    ['zhonggou', '204', '中沟', '中溝', 'Zhonggou'],
    ['guanpu', '205', '观蒲', '觀蒲', 'Guanpu'],
    ['nigou', '206', '泥沟', '泥溝', 'Nigou'],
    ['anyuangou', '207', '安远沟', '安遠溝', 'Anyuangou'],
  ],
  yuquan: [
    ['jiayuguan', '201', '嘉峪关', '嘉峪關', 'Jiayuguan'],
    ['huangcaoying', '202', '黄草营', '黃草營', 'Huangcaoying'],
    ['duanshankou', '203', '段山口', '段山口', 'Duanshankou'],
  ],
  wenshu: [
    ['fengjiagou', '200', '冯家沟', '馮家溝', 'Fengjiagou'],
    ['shiqiao', '201', '石桥', '石橋', 'Shiqiao'],
    ['tawan', '202', '塔湾', '塔灣', 'Tawan'],
    ['tuanjie', '203', '团结', '團結', 'Tuanjie'],
    ['wenshu', '204', '文殊', '文殊', 'Wenshu'],
    ['hekou', '205', '河口', '河口', 'Hekou'],
  ],
};

/** Names of districts that were abolished in 2019 and live on in public sources. */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  xiongguan: ['雄关区'],
  gangcheng: ['长城区', '镜铁区'],
  'suburb/yuquan/duanshankou': ['断山口村'],
};

const CITY: Division = {
  key: 'city',
  parent: null,
  kind: 'city',
  code: '620200',
  names: { hans: '嘉峪关市', hant: '嘉峪關市', en: 'Jiayuguan City' },
  stem: { hans: '嘉峪关', hant: '嘉峪關', en: 'Jiayuguan' },
  aliases: ['嘉峪关'],
};

const SUBURB: Division = {
  key: 'suburb',
  parent: 'city',
  kind: 'suburb',
  code: null,
  names: { hans: '郊区', hant: '郊區', en: 'Suburb' },
  stem: { hans: '郊区', hant: '郊區', en: 'Suburb' },
  aliases: [],
};

/** The 55 divisions above the compounds, parents first. */
export function divisions(): Division[] {
  const subdistricts = SUBDISTRICTS.map((row) => division(row, 'city', 'subdistrict', '620201'));
  const towns = TOWNS.map((row) => division(row, 'suburb', 'town', '620201'));
  const communities = subdistricts.flatMap(({ key, code }) =>
    (COMMUNITIES[key] ?? []).map((row) => division(row, key, 'community', code ?? '')),
  );
  const villages = towns.flatMap(({ key, code }) =>
    (VILLAGES[key.slice('suburb/'.length)] ?? []).map((row) => division(row, key, 'village', code ?? '')),
  );
  return [CITY, ...subdistricts, SUBURB, ...communities, ...towns, ...villages];
}

function division(
  [name, code, hans, hant, en]: Row,
  parent: string,
  kind: keyof typeof GENERIC,
  prefix: string,
): Division {
  const generic = GENERIC[kind];
  const key = parent === 'city' ? name : `${parent}/${name}`;
  return {
    key,
    parent,
    kind,
    code: prefix + code,
    names: { hans: hans + generic.hans, hant: hant + generic.hant, en: `${en} ${generic.en}` },
    stem: { hans, hant, en },
    aliases: ALIASES[key] ?? [],
  };
}
