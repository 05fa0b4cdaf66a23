import { type Language, TRACK_GAP_MS, toInstant } from '@app/shared';
import { zoneOffsetMs } from '../clocks/wall-clock.js';
import type { TrackPoint } from '../positions/track.query.js';
import { csvLine } from './incident-sheet.rules.js';
import { FILE_WORDS } from './words.js';

/** The parts of a file of tracks, in the order in which they are written. */
export interface TrackFile {
  readonly type: string;
  head(): string;
  /** A team's points in order, told in pieces; `isFirst` and `isLast` frame the team. */
  points(
    callSign: string,
    points: readonly TrackPoint[],
    frame: { isFirst: boolean; isLast: boolean },
  ): string;
  foot(): string;
}

/** One `trk` per team; a segment ends where nobody knows where the team was (GPX 1.1). */
export function gpxFile(): TrackFile {
  let last: number | undefined;
  return {
    type: 'application/gpx+xml',
    head: () =>
      '<?xml version="1.0" encoding="UTF-8"?>\n<gpx xmlns="http://www.topografix.com/GPX/1/1" version="1.1" creator="Xiongguan">\n',
    points: (callSign, points, { isFirst, isLast }) => {
      const parts: string[] = [];
      if (isFirst) {
        parts.push(`<trk><name>${xmlText(callSign)}</name><trkseg>\n`);
        last = undefined;
      }
      for (const { lng, lat, observedAt } of points) {
        if (last !== undefined && observedAt - last > TRACK_GAP_MS) parts.push('</trkseg><trkseg>\n');
        parts.push(`<trkpt lat="${lat}" lon="${lng}"><time>${toInstant(observedAt)}</time></trkpt>\n`);
        last = observedAt;
      }
      if (isLast) parts.push('</trkseg></trk>\n');
      return parts.join('');
    },
    foot: () => '</gpx>\n',
  };
}

/** One line per fix, in the reader's language and the city's time, and the instant beside it. */
export function csvFile(language: Language, timeZone: string): TrackFile {
  const { trackColumn } = FILE_WORDS[language];
  return {
    type: 'text/csv; charset=utf-8',
    head: () => `\ufeff${csvLine(Object.values(trackColumn))}`,
    points: (callSign, points) =>
      points
        .map(({ device, observedAt, lng, lat, speedKmh, headingDeg }) =>
          csvLine([
            callSign,
            device,
            { wallMs: observedAt + zoneOffsetMs(observedAt, timeZone) },
            toInstant(observedAt),
            lng,
            lat,
            speedKmh,
            headingDeg,
          ]),
        )
        .join(''),
    foot: () => '',
  };
}

const ENTITY: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** What XML 1.0 cannot hold is left out. */
const NO_XML = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;
const xmlText = (text: string): string =>
  text.replace(NO_XML, '').replace(/[&<>"]/g, (sign) => ENTITY[sign] ?? sign);
