import type { Names } from './demo-city.js';
import type { Random } from '../simulator/random.js';

/** Simplified and traditional forms, one pair after the other, of the characters in invented names. */
const PAIRS =
  '关關龙龍凤鳳华華兴興荣榮宁寧庆慶乐樂阳陽云雲丰豐园園丽麗东東长長胜勝铁鐵钢鋼镜鏡业業学學医醫车車场場湾灣绿綠兰蘭' +
  '银銀锦錦连連马馬沟溝桥橋区區广廣点點图圖书書馆館体體术術师師县縣经經济濟开開发發国國际際宾賓贵貴顺順诚誠义義汇匯双雙' +
  '岭嶺陇隴农農运運动動轧軋炼煉炉爐电電热熱号號楼樓门門邮郵储儲务務检檢税稅气氣厂廠仓倉货貨远遠万萬达達风風职職业業' +
  '备備装裝环環转轉输輸饭飯实實验驗军軍铝鋁线線综綜护護会會飞飛机機头頭总總庙廟台臺滩灘养養设設贸貿购購讨討赖賴峡峽' +
  '遗遺战戰办辦库庫边邊乌烏红紅鲁魯阁閣选選烧燒结結质質废廢处處汉漢墙牆团團圆圓轮輪数數据據馈饋';

const HANT = new Map<string, string>();
for (let i = 0; i + 1 < PAIRS.length; i += 2) HANT.set(PAIRS.charAt(i), PAIRS.charAt(i + 1));

/** Traditional form of an invented name. Knows the characters that the demo uses, no more. */
export function hantOf(hans: string): string {
  return Array.from(hans, (sign) => HANT.get(sign) ?? sign).join('');
}

export function namesOf(hans: string, en: string): Names {
  return { hans, hant: hantOf(hans), en };
}

/** For what a map leaves unnamed. */
export const UNNAMED: Names = { hans: '', hant: '', en: '' };

const FIRST =
  '安An 康Kang 福Fu 祥Xiang 瑞Rui 和He 泰Tai 锦Jin 荣Rong 景Jing 明Ming 永Yong 兴Xing 丰Feng 富Fu 嘉Jia 文Wen 德De 新Xin 华Hua 金Jin 玉Yu 春Chun 清Qing';
const SECOND =
  '宁ning 平ping 乐le 泰tai 顺shun 民min 盛sheng 昌chang 源yuan 河he 山shan 川chuan 阳yang 春chun 馨xin 林lin 和he';

/** Pinyin of the stems of planned roads. */
const SPELT: Readonly<Record<string, string>> = {
  长城: 'Changcheng',
  新华: 'Xinhua',
  镜铁: 'Jingtie',
  建设: 'Jianshe',
  胜利: 'Shengli',
  迎宾: 'Yingbin',
  雄关: 'Xiongguan',
  和平: 'Heping',
  关城: 'Guancheng',
  体育: 'Tiyu',
  西苑: 'Xiyuan',
  站西: 'Zhanxi',
  东湖: 'Donghu',
  文化: 'Wenhua',
  五一: 'Wuyi',
  振兴: 'Zhenxing',
  永安: 'Yong’an',
  人民: 'Renmin',
  兰新: 'Lanxin',
  朝阳: 'Chaoyang',
  光明: 'Guangming',
  钢城: 'Gangcheng',
  炼铁: 'Liantie',
  高炉: 'Gaolu',
  轧钢: 'Zhagang',
  工业: 'Gongye',
  光伏: 'Guangfu',
  园区: 'Yuanqu',
  机场: 'Jichang',
  铁西: 'Tiexi',
  铁东: 'Tiedong',
  环城: 'Huancheng',
  峪泉: 'Yuquan',
  新城: 'Xincheng',
  文殊: 'Wenshu',
  南站: 'Nanzhan',
  酒泉: 'Jiuquan',
  连霍: 'Lianhuo',
};

const ROAD_WORDS: Readonly<Record<string, string>> = {
  路: 'Road',
  高速: 'Expressway',
  大道: 'Avenue',
  街: 'Street',
  巷: 'Lane',
};

export function roadNames(stem: string, generic: string): Names {
  return namesOf(stem + generic, `${SPELT[stem] ?? stem} ${ROAD_WORDS[generic] ?? 'Road'}`);
}

const DIGITS = '零一二三四五六七八九';

/** Chinese numeral of 1 … 99. */
export function numeral(value: number): string {
  const [tens, ones] = [Math.floor(value / 10), value % 10];
  const head = tens === 0 ? '' : `${tens === 1 ? '' : DIGITS.charAt(tens)}十`;
  return head + (ones === 0 && tens > 0 ? '' : DIGITS.charAt(ones));
}

/** Pleasant two-character stems in random order, each given out once. */
export function stems(random: Random): () => readonly [hans: string, en: string] {
  const parse = (text: string) =>
    text.split(' ').map((word): [string, string] => [word.slice(0, 1), word.slice(1)]);
  const pool = parse(FIRST).flatMap(([a, spelt]) =>
    parse(SECOND)
      .filter(([b]) => b !== a)
      .map(([b, sound]): [string, string] => [a + b, spelt + sound]),
  );
  const left = pool.filter(([hans]) => SPELT[hans] === undefined);
  return () => {
    const [stem] = left.splice(random.below(left.length), 1);
    if (!stem) throw new RangeError('the pool of invented names is empty');
    return stem;
  };
}
