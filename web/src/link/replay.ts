import { Replay, type TrackFormat } from '@app/shared';
import type { Language } from '@app/shared';
import { download } from './download.js';
import { ask } from './http.js';

/** What is replayed; instants as on the wire. */
export interface ReplayWindow {
  readonly scope: string;
  readonly from: string;
  readonly to: string;
}

/** @throws HttpFault */
export const readReplay = (window: ReplayWindow, signal: AbortSignal): Promise<Replay> =>
  ask(`/api/replay?${new URLSearchParams({ ...window })}`, Replay, { signal });

/** Every stored fix of a window as a file; of one team, or of all that the scope sees. @throws HttpFault */
export function downloadTracks(
  window: ReplayWindow,
  { team, format, language }: { team: string | undefined; format: TrackFormat; language: Language },
): Promise<void> {
  const query = new URLSearchParams({
    ...window,
    format,
    language,
    ...(team === undefined ? {} : { team }),
  });
  return download(`/api/exports/tracks?${query}`, `tracks.${format}`);
}
