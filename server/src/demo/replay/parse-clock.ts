import type { Mapping } from './mapping.js';

/** ms since 1970 of a written time, or undefined when it is none. Times without an offset are local to `zone`. */
export function parseClock(text: string, { format, zone }: Mapping['clock']): number | undefined {
  const written = text.trim();
  if (format === 'epoch-s' || format === 'epoch-ms') {
    const value = written === '' ? Number.NaN : Number(written);
    return Number.isFinite(value) ? value * (format === 'epoch-s' ? 1000 : 1) : undefined;
  }
  const parts = format === 'us' ? usParts(written) : isoParts(written);
  if (!parts) return undefined;
  if (typeof parts === 'number') return parts;
  return localToMs(parts, zone);
}

/** Year, month, day, hour, minute, second, as the wall clock shows them. */
type WallClock = readonly [number, number, number, number, number, number];

function isoParts(text: string): WallClock | number | undefined {
  if (/(Z|[+-]\d\d:?\d\d)$/i.test(text) && /\d[T ]\d/.test(text)) {
    const ms = Date.parse(text.replace(' ', 'T'));
    return Number.isNaN(ms) ? undefined : ms;
  }
  const found = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?$/.exec(text);
  return found ? wallClock(found.slice(1)) : undefined;
}

/** 04/07/2020 12:01:25 AM, or the same with 24 hours and no AM or PM. */
function usParts(text: string): WallClock | undefined {
  const found = /^(\d{1,2})\/(\d{1,2})\/(\d{4}),? (\d{1,2}):(\d\d)(?::(\d\d))? ?([AP]M)?$/i.exec(text);
  if (!found) return undefined;
  const [, month, day, year, hour, minute, second, half] = found;
  const hours = half ? (Number(hour) % 12) + (/p/i.test(half) ? 12 : 0) : Number(hour);
  return wallClock([year, month, day, String(hours), minute, second]);
}

function wallClock(texts: readonly (string | undefined)[]): WallClock | undefined {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = texts.map((text) =>
    Number(text ?? 0),
  );
  const isOne = month >= 1 && month <= 12 && day >= 1 && day <= 31 && hour < 24 && minute < 60 && second < 61;
  return isOne ? [year, month, day, hour, minute, second] : undefined;
}

/** Tries the offset that the zone has near that moment, then the one that it has at the moment so found. */
function localToMs([year, month, day, hour, minute, second]: WallClock, zone: string): number {
  const asUtc = Date.UTC(year, month - 1, day, hour, minute, second);
  const guess = asUtc - offsetMs(asUtc, zone);
  return asUtc - offsetMs(guess, zone);
}

function offsetMs(at: number, zone: string): number {
  const parts = formatOf(zone).formatToParts(at);
  const read = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0);
  const [year, month, day] = [read('year'), read('month'), read('day')];
  return (
    Date.UTC(year, month - 1, day, read('hour'), read('minute'), read('second')) -
    Math.floor(at / 1000) * 1000
  );
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    hourCycle: 'h23',
  });
  formats.set(zone, format);
  return format;
}
