import type { Language } from '@app/shared';
import type { Texts } from './catalogue.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const formats = new Map<string, Intl.DateTimeFormat>();

/** How long ago, in words: `12 秒前`. Without a known age an em dash. */
export function ageText(ms: number, { age }: Texts): string {
  if (Number.isNaN(ms)) return '—';
  if (ms < SECOND) return age.now;
  if (ms < MINUTE) return age.seconds(Math.floor(ms / SECOND));
  if (ms < HOUR) return age.minutes(Math.floor(ms / MINUTE));
  if (ms < DAY) return age.hours(Math.floor(ms / HOUR));
  return age.days(Math.floor(ms / DAY));
}

/** How long, in words: `3 分钟`, `1 小时 5 分`. */
export function spanText(ms: number, { span }: Texts): string {
  if (Number.isNaN(ms)) return '—';
  const length = Math.max(0, ms);
  if (length < MINUTE) return span.seconds(Math.floor(length / SECOND));
  if (length < HOUR) return span.minutes(Math.floor(length / MINUTE));
  if (length < DAY) return span.hours(Math.floor(length / HOUR), Math.floor((length % HOUR) / MINUTE));
  return span.days(Math.floor(length / DAY), Math.floor((length % DAY) / HOUR));
}

/** Time of day in a centre's zone, `14:05`; with seconds `14:05:09`. */
export function clockText(at: number, timeZone: string, seconds = false): string {
  if (Number.isNaN(at)) return seconds ? '--:--:--' : '--:--';
  const second = seconds ? ({ second: '2-digit' } as const) : {};
  return format('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...second }, at);
}

/** Date with its weekday in a centre's zone: `2026年11月24日 星期二`. */
export function dateText(at: number, timeZone: string, language: Language): string {
  if (Number.isNaN(at)) return '';
  return format(language, { timeZone, year: 'numeric', month: 'long', day: 'numeric', weekday: 'long' }, at);
}

/** Time of day, with the date before it when it is not today's: `14:05`, `11-23 14:05`. */
export function momentText(at: number, now: number, timeZone: string): string {
  const day = dayText(at, timeZone);
  const clock = clockText(at, timeZone);
  return Number.isNaN(now) || day === dayText(now, timeZone) ? clock : `${day.slice(5)} ${clock}`;
}

/** `2026-11-24` in a centre's zone; empty while the time is not known. */
export function dayText(at: number, timeZone: string): string {
  if (Number.isNaN(at)) return '';
  return format('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }, at);
}

function format(language: string, options: Intl.DateTimeFormatOptions, at: number): string {
  const key = `${language} ${JSON.stringify(options)}`;
  let made = formats.get(key);
  if (!made) {
    made = new Intl.DateTimeFormat(language, options);
    formats.set(key, made);
  }
  return made.format(at);
}
