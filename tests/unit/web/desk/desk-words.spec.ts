import { describe, expect, it } from '@jest/globals';
import type { Centre, Language } from '@app/shared';
import {
  actionText,
  distanceText,
  forcesText,
  placeText,
} from '../../../../web/src/screens/desk/desk-words.js';
import { CATALOGUE } from '../../../../web/src/ui/catalogue.js';

const text = CATALOGUE['zh-Hans'];
const centre = { names: { hans: '荣林小区', hant: '榮林小區', en: 'Ronglin Estate' } } as Centre;

describe('placeText', () => {
  it.each<[string, string | null, Language, string]>([
    ['the centre alone', null, 'zh-Hans', '荣林小区'],
    ['a place that names its centre', '荣林小区·雄关路', 'zh-Hans', '荣林小区·雄关路'],
    ['the same in another language', '荣林小区·雄关路', 'en', 'Ronglin Estate·雄关路'],
    ['a number right after the name', '荣林小区3号楼', 'en', 'Ronglin Estate 3号楼'],
    ['a number right after the name', '荣林小区3号楼', 'zh-Hans', '荣林小区3号楼'],
    ['a place that does not', '东门', 'zh-Hant', '榮林小區 东门'],
  ])('%s', (_, place, language, wanted) => {
    expect(placeText(place, centre, language)).toBe(wanted);
  });

  it('says the place alone of a centre that may not be seen', () => {
    expect(placeText('东门', undefined, 'en')).toBe('东门');
  });
});

describe('words', () => {
  it.each([
    [4, '0 米'],
    [734, '730 米'],
    [999, '1000 米'],
    [1040, '1.0 公里'],
    [12_360, '12.4 公里'],
  ])('%d m', (metres, wanted) => {
    expect(distanceText(metres, text)).toBe(wanted);
  });

  it('names forces with somebody in them, or says that nobody told', () => {
    expect(forcesText({ police: 2, militia: 3, 'armed-police': 0 }, text)).toBe('公安 2 · 民兵 3');
    expect(forcesText({}, text)).toBe(text.desk.noForces);
  });

  it('keeps the name of a step that it does not know', () => {
    expect(actionText({ action: 'report' }, text)).toBe('上报');
    expect(actionText({ action: 'dispatch' }, text)).toBe('派遣');
    expect(actionText({ action: 'later-invented' }, text)).toBe('later-invented');
  });
});
