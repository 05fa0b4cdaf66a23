import { Area, Level, Names } from '@app/shared';
import { z } from 'zod';
import { TimeZone } from './time-zone.js';

/** The city that a recording is replayed into. Without `centres` there is one child for each value of the area column. */
export const CityFile = z
  .strictObject({
    $schema: z.string().optional(),
    names: Names,
    timeZone: TimeZone,
    /** From the top: the city's own level, then those below it. */
    levels: z
      .array(z.strictObject({ level: Level, names: Names }))
      .min(2)
      .max(6),
    centres: z
      .array(
        z.strictObject({
          key: z.string().min(1).max(60),
          /** Key of the parent; without it the centre stands directly below the city. */
          parent: z.string().optional(),
          level: Level,
          names: Names,
          area: Area.optional(),
        }),
      )
      .optional(),
  })
  .superRefine(({ levels, centres }, context) => {
    const known = new Set<string>();
    for (const [i, { key, parent, level }] of (centres ?? []).entries()) {
      const fault = (field: string, message: string) =>
        context.addIssue({ code: 'custom', path: ['centres', i, field], message });
      if (known.has(key)) fault('key', `${key} is there twice`);
      if (parent !== undefined && !known.has(parent))
        fault('parent', `${parent} does not stand above ${key}`);
      if (!levels.slice(1).some((one) => one.level === level))
        fault('level', `${level} is none of the lower levels`);
      known.add(key);
    }
  });
export type CityFile = z.infer<typeof CityFile>;

/** The city of the recorded fire calls: two levels, by ZIP code. */
export const SAN_FRANCISCO: CityFile = {
  names: { hans: '旧金山', hant: '舊金山', en: 'San Francisco' },
  timeZone: 'America/Los_Angeles',
  levels: [
    { level: 'city', names: { hans: '市', hant: '市', en: 'City' } },
    { level: 'county', names: { hans: '邮区', hant: '郵區', en: 'ZIP area' } },
  ],
};

/** A plain two-level city for any other file. */
export const plainCity = (name: string, timeZone: string): CityFile => ({
  ...SAN_FRANCISCO,
  names: { hans: name, hant: name, en: name },
  timeZone,
  levels: [
    { level: 'city', names: { hans: '市', hant: '市', en: 'City' } },
    { level: 'county', names: { hans: '片区', hant: '片區', en: 'Area' } },
  ],
});
