import type { Page } from 'playwright-core';

/** Whatever stands by itself on a screen: marked as a part of it, or put into one of its columns. */
const PARTS = [
  'section, aside, .panel, .figure, .map-view, [role="dialog"], [role="tabpanel"]',
  '.wall-left > *, .wall-middle > *, .wall-right > *, .command > *, .command-left > *',
  '.centre-figures > *, .patrol-main, .patrol-side > *',
].join();
/** What a part calls itself by, where an age stands for all that is in it. */
const HEADS = 'header, h3, .panel-head, .filters, .ant-drawer-header';
const ROWS =
  '.attention-row, .alert-card, .queue-row, .alert-item, .incident-table .ant-table-row, .sheet tr, .report-of, .missed li';
/** Words to whoever looks, which are about no datum. */
const HINTS = 'p, nav, .banner';

const READ = `(() => {
  const aged = /\\d+ (秒|分钟|小时|天)前|刚刚|无数据|载入中/;
  const timed = /\\d+ (秒|分钟|小时|天)|刚刚|\\d{1,2}:\\d{2}|位置未知/;
  const words = (of) => (of?.innerText ?? '').trim();
  // What a map shows of its ground has an age of its own.
  const saying = (of) => (of?.matches('.map-view') && of.querySelector('.legend') ? of.querySelector('.map-tag') : of);
  const isAged = (of) => aged.test(words(saying(of)));
  const headsOf = (part) => [...part.querySelectorAll(${JSON.stringify(HEADS)})];
  const before = (part) => part.previousElementSibling;
  const isToldAbove = (part) => {
    for (let up = part.parentElement?.closest(${JSON.stringify(PARTS)}); up; up = up.parentElement?.closest(${JSON.stringify(PARTS)}))
      if (headsOf(up).some((head) => !part.contains(head) && head.closest(${JSON.stringify(PARTS)}) === up && isAged(head))) return true;
    return false;
  };
  const nameOf = (of) => of.tagName.toLowerCase() + '.' + [...of.classList].join('.') + ': ' + words(of).slice(0, 60);
  const parts = [...document.querySelectorAll(${JSON.stringify(PARTS)})]
    .filter((part) => words(part) !== '' && !part.matches(${JSON.stringify(HINTS)}) && part.checkVisibility())
    .filter((part) => !isAged(part) && !isToldAbove(part))
    .filter((part) => part.role !== 'tabpanel' || !isAged(before(part)) && !isAged(before(before(part) ?? part)));
  const rows = [...document.querySelectorAll(${JSON.stringify(ROWS)})].filter((row) => words(row) !== '' && !timed.test(words(row)));
  return [...parts, ...rows].map(nameOf);
})()`;

/** The parts of a page in 简体中文 that do not say how old their data is, and rows of lists that tell no time. */
export const ageless = (page: Page): Promise<string[]> => page.evaluate<string[]>(READ);
