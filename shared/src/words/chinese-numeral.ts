/** 一 to 九十九, as 续报 are numbered. */
export function chineseNumeral(n: number): string {
  const digits = '零一二三四五六七八九';
  const ten = n < 20 ? '' : (digits[Math.floor(n / 10)] ?? '');
  const one = n % 10 === 0 ? '' : (digits[n % 10] ?? '');
  return n < 10 ? one : `${ten}十${one}`;
}
