import { dateOf } from '../clocks/wall-clock.js';
import type { PatrolScene } from './patrol-cast.js';
import type { Cast } from './present-cast.js';
import type { Story } from './present-story.js';

const MINUTE = 60_000;
const DAY = 86_400_000;

export interface PatrolStory {
  readonly story: Story;
  readonly cast: Cast;
  readonly scene: PatrolScene;
}

/** The city's yesterday on its wall calendar. */
export const yesterdayOf = ({ story, scene }: Pick<PatrolStory, 'story' | 'scene'>): string =>
  dateOf(story.now - DAY, scene.timeZone);

/** Minutes ago of an instant. */
export const agoOf = (story: Story, at: number): number => (story.now - at) / MINUTE;
