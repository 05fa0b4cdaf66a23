import { type LEVELS, Settings } from '@app/shared';
import { SettingRepository } from './setting.repository.js';

/** The setting that names a city's levels, from the top. */
export const LEVELS_KEY = 'levels';
export const Levels = Settings.shape.levels;
export type Levels = Settings['levels'];

const DEFAULT_LEVELS = [
  { level: 'city', names: { hans: '市级', hant: '市級', en: 'City' } },
  { level: 'county', names: { hans: '县级', hant: '縣級', en: 'County' } },
  { level: 'town', names: { hans: '镇街级', hant: '鎮街級', en: 'Town' } },
  { level: 'community', names: { hans: '社区级', hant: '社區級', en: 'Community' } },
] as const satisfies readonly { level: (typeof LEVELS)[number]; names: object }[];

export const readLevels = (settings: SettingRepository): Promise<Levels> =>
  settings.read(LEVELS_KEY, Levels, [...DEFAULT_LEVELS]);
