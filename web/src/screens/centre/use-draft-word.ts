import { toInstant } from '@app/shared';
import { useEffect, useState } from 'react';
import { useSaying } from '../../store/use-aside.js';
import { serverClock } from '../../ui/server-clock.js';
import { DRAFT_PREFIX, type DraftWord } from '../desk/draft-word.js';
import type { ReportDraft } from './report-draft.js';

/** Tells colleagues that a report is being typed, from its first word until it is sent or cleared. */
export function useDraftWord(draft: ReportDraft, isDone: boolean): void {
  const [began, setBegan] = useState<{ readonly key: string; readonly since: string }>();
  const { key, category, place, description, lng, label } = draft;
  const isTyped = category !== null || place !== '' || description !== '' || lng !== null;
  useEffect(() => {
    const now = serverClock.now();
    if (isTyped && !Number.isNaN(now)) setBegan({ key, since: toInstant(now) });
  }, [isTyped, key]);
  const isMeant = isTyped && !isDone && began?.key === key;
  const word: DraftWord | undefined = isMeant
    ? label === 'sensitive'
      ? { category: null, place: '', since: began.since }
      : { category, place: place.slice(0, 60), since: began.since }
    : undefined;
  useSaying(DRAFT_PREFIX, word);
}
