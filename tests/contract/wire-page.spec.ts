import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RequestMethod } from '@nestjs/common';
import { FixReport, KINDS } from '@app/shared';
import { z } from 'zod';
import { emptyFix, readReport } from '../../server/src/positions/position.rules.js';

// What .github/WIRE.md tells clients, against the code: nothing kept quiet, nothing promised that is not there.
const ROOT = join(import.meta.dirname, '../..');
const PAGE = readFileSync(join(ROOT, '.github/WIRE.md'), 'utf8');

/** Every class that the files of some roles export. */
async function classesOf(role: RegExp): Promise<object[]> {
  const src = join(ROOT, 'server/src');
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) => role.test(name));
  const classes: object[] = [];
  // One after the other: Jest links modules that are asked for at once before it has them.
  for (const file of files)
    for (const one of Object.values((await import(join(src, file))) as Record<string, unknown>))
      if (typeof one === 'function') classes.push(one);
  return classes;
}

function methodsOf(owner: object): object[] {
  const { prototype } = owner as { prototype?: object };
  return Object.values(Object.getOwnPropertyDescriptors(prototype ?? {})).flatMap(({ value }) =>
    typeof value === 'function' ? [value as object] : [],
  );
}

/** `GET /api/teams/:id` and the like, of every controller and door. */
async function routesOfCode(): Promise<string[]> {
  return (await classesOf(/\.(controller|door)\.ts$/)).flatMap(routesOf).sort();
}

function routesOf(controller: object): string[] {
  const base: unknown = Reflect.getMetadata('path', controller);
  if (typeof base !== 'string') return [];
  return methodsOf(controller).flatMap((handler) => {
    const method: unknown = Reflect.getMetadata('method', handler);
    if (typeof method !== 'number') return [];
    const path = `/${base}/${String(Reflect.getMetadata('path', handler))}`;
    return [`${RequestMethod[method]} ${path.replace(/\/+/g, '/').replace(/(.)\/$/, '$1')}`];
  });
}

/** The events that gateways hear. */
async function eventsOfCode(): Promise<string[]> {
  const told = (await classesOf(/\.gateway\.ts$/)).flatMap(methodsOf);
  return told
    .map((handler): unknown => Reflect.getMetadata('message', handler))
    .filter((event) => typeof event === 'string')
    .sort();
}

/** Routes as the page writes them: one or several methods in code marks, the path with the last of them. */
function routesOfPage(): string[] {
  const told = PAGE.matchAll(
    /((?:`(?:GET|POST|PATCH|DELETE)` )*)`(GET|POST|PATCH|DELETE) (\/[^`?\s]*)[^`]*`/g,
  );
  const routes = [...told].flatMap(([, others = '', last = '', path = '']) =>
    [...(others.match(/[A-Z]+/g) ?? []), last].map((method) => `${method} ${path}`),
  );
  return [...new Set(routes)].sort();
}

/** The events that an interface of the wire types has. */
function eventsOf(type: string): string[] {
  const source = readFileSync(join(ROOT, 'shared/src/wire.ts'), 'utf8');
  const [, body = ''] =
    new RegExp(`interface ${type} \\{([^}]*(?:\\{[^}]*\\}[^}]*)*)\\n\\}`).exec(source) ?? [];
  return [...body.matchAll(/^ {2}(\w+): \(/gm)].map(([, event = '']) => event).sort();
}

/** The events in the first column of the table below a heading. */
function eventsBelow(heading: string): string[] {
  const [, below = ''] = PAGE.split(`\n### ${heading}\n`);
  const [section = ''] = below.split('\n#');
  return [...section.matchAll(/^\| `(\w+)` \|/gm)].map(([, event = '']) => event).sort();
}

describe('the wire page', () => {
  it('names every route of the code, and no other', async () => {
    expect(routesOfPage()).toEqual(await routesOfCode());
  });

  it('names every event of every namespace, and no other', () => {
    expect(eventsBelow('`/live`, from the screen')).toEqual(eventsOf('ScreenToServer'));
    expect(eventsBelow('`/live`, to the screen')).toEqual(eventsOf('ServerToScreen'));
    expect(eventsBelow('`/devices`')).toEqual(eventsOf('DeviceToServer'));
    expect(eventsOf('DeviceToServer')).toEqual(['fixes']);
  });

  it('speaks of the events that the gateways hear', async () => {
    expect(eventsOf('ScreenToServer')).toEqual(await eventsOfCode());
  });

  it('names every kind of the picture, and leads to pages that are there', () => {
    const [kinds] = /^Kinds: .*$/m.exec(PAGE) ?? [''];
    for (const kind of KINDS) expect(kinds).toContain(`\`${kind}\``);
    for (const [, page = ''] of PAGE.matchAll(/\]\(([\w./-]+)\)/g))
      expect(readFileSync(join(ROOT, '.github', page), 'utf8')).not.toBe('');
  });
});

describe('the schema of a position', () => {
  const device = { id: 'device', team: 'team', datum: 'wgs84' } as const;
  const whole = { device: 'd', at: '2026-10-01T08:00:00.000+08:00', lng: 98.2888, lat: 39.7721 };
  const more = { speedKmh: 36.5, headingDeg: 90, accuracyM: 12, datum: 'gcj02' };
  const faultOf = (report: unknown) => readReport(report, () => device, emptyFix());

  it('has the fields that the doors read by hand', () => {
    expect(Object.keys(z.toJSONSchema(FixReport).properties ?? {})).toEqual(
      Object.keys({ ...whole, ...more }),
    );
    expect([FixReport.safeParse({ ...whole, ...more }).success, faultOf({ ...whole, ...more })]).toEqual([
      true,
      undefined,
    ]);
  });

  it.each(['device', 'at', 'lng', 'lat', 'speedKmh', 'headingDeg', 'accuracyM', 'datum'] as const)(
    'and the doors agree on %s missing, or of another type',
    (field) => {
      const { [field]: _missing, ...less }: Record<string, unknown> = { ...whole, ...more };
      for (const report of [
        less,
        { ...less, [field]: null },
        { ...less, [field]: [] },
        { ...less, [field]: {} },
      ])
        expect(faultOf(report) === undefined).toBe(FixReport.safeParse(report).success);
    },
  );

  it('and the doors refuse a field that neither knows', () => {
    const report = { ...whole, altitude: 1 };
    expect([FixReport.safeParse(report).success, faultOf(report)]).toEqual([false, 'request.unknown-field']);
  });
});
