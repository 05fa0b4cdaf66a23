import { describe, expect, it } from '@jest/globals';
import { TRACK_GAP_MS } from '@app/shared';
import { csvFile, gpxFile } from '../../../../server/src/exchange/track-file.rules.js';

const AT = Date.parse('2026-11-25T02:00:00.000Z');
const point = (observedAt: number) => ({
  device: '019b0000-0000-7000-8000-000000000001',
  observedAt,
  lng: 98.25,
  lat: 39.75,
  speedKmh: 12.5,
  headingDeg: null,
});
const WHOLE = { isFirst: true, isLast: true };

describe('GPX', () => {
  it('has a track per team and a new segment where nobody knows where it was', () => {
    const file = gpxFile();
    const told = file.points('巡<1>&', [point(AT), point(AT + 1000), point(AT + 1001 + TRACK_GAP_MS)], WHOLE);
    expect(file.head() + told + file.foot()).toBe(
      [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<gpx xmlns="http://www.topografix.com/GPX/1/1" version="1.1" creator="Xiongguan">',
        '<trk><name>巡&lt;1&gt;&amp;</name><trkseg>',
        '<trkpt lat="39.75" lon="98.25"><time>2026-11-25T02:00:00.000Z</time></trkpt>',
        '<trkpt lat="39.75" lon="98.25"><time>2026-11-25T02:00:01.000Z</time></trkpt>',
        '</trkseg><trkseg>',
        '<trkpt lat="39.75" lon="98.25"><time>2026-11-25T02:02:01.001Z</time></trkpt>',
        '</trkseg></trk>',
        '</gpx>',
        '',
      ].join('\n'),
    );
  });

  it('keeps a segment whole over the pieces in which it is told, and begins the next team anew', () => {
    const file = gpxFile();
    const first = file.points('甲', [point(AT)], { isFirst: true, isLast: false });
    const second = file.points('甲', [point(AT + 1000)], { isFirst: false, isLast: true });
    const other = file.points('乙', [point(AT + 1000 + 2 * TRACK_GAP_MS)], WHOLE);
    expect((first + second + other).match(/<trkseg>/g)).toHaveLength(2);
    expect((first + second + other).match(/<trk>/g)).toHaveLength(2);
  });

  it('leaves out what XML cannot hold', () => {
    expect(gpxFile().points('甲\u0001乙', [point(AT)], WHOLE)).toContain('<name>甲乙</name>');
  });
});

describe('CSV', () => {
  it('tells the city’s time and the instant, and lets no call sign be a formula', () => {
    const file = csvFile('en', 'Asia/Shanghai');
    expect(file.head()).toBe(
      '\ufeffTeam,Device,Time,Instant (UTC),Longitude,Latitude,Speed (km/h),Heading (°)\r\n',
    );
    expect(file.points('=1', [point(AT)], WHOLE)).toBe(
      "'=1,019b0000-0000-7000-8000-000000000001,2026-11-25 10:00:00,2026-11-25T02:00:00.000Z,98.25,39.75,12.5,\r\n",
    );
  });
});
