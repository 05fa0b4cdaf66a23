import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { AUDIT_ACTIONS, AUDIT_SUBJECTS, TRADE_STATES, VISIT_ACTIONS } from '../../shared/src/index.js';

const ROOT = join(import.meta.dirname, '../..');

interface Source {
  readonly path: string;
  readonly text: string;
}

/** Every source of a folder, without its comments: a rule is about what runs. */
function sourcesOf(folder: string): Source[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const text = readFileSync(path, 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|(^|\s)\/\/.*$/gm, '$1');
      return { path: relative(ROOT, path), text };
    });
}

const pathsOf = (sources: readonly Source[]): string[] => sources.map(({ path }) => path);
const server = sourcesOf('server/src').filter(
  ({ path }) => !/src\/demo\/(simulator|client|replay)\//.test(path),
);

it('reads the whole house', () => {
  expect(server.length).toBeGreaterThan(150);
});

describe('the door out', () => {
  it('is one file: nothing else of the server emits', () => {
    const emitting = server.filter(({ text }) =>
      /\.emit\(|serverSideEmit|emitWithAck|(socket|client|io)\w*\.send\(/.test(text),
    );
    expect(pathsOf(emitting)).toEqual(['server/src/live/wall.gateway.ts']);
  });

  it('is not imported by any command', () => {
    const importing = server.filter(
      ({ path, text }) => !path.startsWith('server/src/live/') && /from '[^']*\/live\//.test(text),
    );
    expect(pathsOf(importing).sort()).toEqual(['server/src/app.module.ts', 'server/src/app.ts']);
  });
});

describe('the journal', () => {
  const WRITES =
    /\b(insert\s+into|update|delete\s+from|truncate)\s+(only\s+)?(journal|journal_scope|journal_draft|picture|counter)\b/i;

  it('is written by journal/ alone; the tree’s one command rewrites audiences', () => {
    const writing = server.filter(({ path, text }) => !path.includes('/journal/') && WRITES.test(text));
    expect(pathsOf(writing)).toEqual(['server/src/places/change-tree.ts']);
  });

  it('is appended to by its one function, in a transaction that was handed over', () => {
    const appending = server.filter(({ text }) => text.includes('journal_append('));
    expect(pathsOf(appending).sort()).toEqual([
      'server/src/demo/load-demo.ts',
      'server/src/journal/journal.ts',
    ]);
  });
});

describe('rules', () => {
  const rules = server.filter(({ path }) => path.endsWith('.rules.ts'));

  it('are there', () => expect(rules.length).toBeGreaterThan(8));

  it.each(rules)('are pure: $path', ({ text }) => {
    expect(text).not.toMatch(
      /Date\.now|new Date\(\)|Math\.random|randomUUID|randomBytes|performance\.now|process\.|setTimeout/,
    );
    expect(text).not.toMatch(/from '(@nestjs|typeorm|pg|node:(fs|net|http|timers))/);
  });
});

describe('the audit', () => {
  // A due time or a rule's own fact is no line of it.
  const said = server.map(({ text }) => text.replaceAll(/const [A-Z_]+ = '[^']*';/g, '')).join('\n');
  const composed: Readonly<Record<string, readonly string[]>> = {
    'device.${draft.kind}': ['text', 'query', 'track'],
    'drive.${change.driver}': ['simulator', 'person'],
    'shift-trade.${state}': TRADE_STATES,
    'visit.${action}': VISIT_ACTIONS,
  };
  const made = Object.entries(composed).flatMap(([template, parts]) =>
    said.includes(`\`${template}\``)
      ? parts.map((part) => template.replace(/\$\{.*\}/, part))
      : [`nobody writes ${template}`],
  );

  // What is written but not listed does not compile.
  it.each(AUDIT_ACTIONS)('lists what is written: %s', (action) => {
    expect(made.includes(action) || said.includes(`'${action}'`)).toBe(true);
  });

  it.each(AUDIT_SUBJECTS)('lists what it is written of: %s', (subject) => {
    const isSubject = said.includes(`\`${subject}:\${`) || said.includes(`subject: '${subject}'`);
    expect(isSubject).toBe(true);
  });

  it('knows how actions are composed', () => expect(made.filter((one) => one.includes(' '))).toEqual([]));
});

describe('the environment', () => {
  it('is read by config.ts alone', () => {
    const reading = server.filter(({ text }) => text.includes('process.env'));
    expect(pathsOf(reading)).toEqual(['server/src/main.ts']);
    expect(server.find(({ path }) => path === 'server/src/main.ts')?.text).toContain(
      'readConfig(process.env)',
    );
  });
});

describe('the sources', () => {
  const all = [...server, ...sourcesOf('shared/src'), ...sourcesOf('web/src')];

  it('keep to the house style that a linter does not see', () => {
    const broken = all.flatMap(({ path, text }) => [
      ...(/\benum\s+\w+\s*\{/.test(text) ? [`${path}: enum`] : []),
      ...(/export default/.test(text) ? [`${path}: default export`] : []),
      ...(/@ts-(ignore|nocheck)/.test(text) ? [`${path}: ts-ignore`] : []),
      ...(/[:<|]\s*any\b(?!\w)/.test(text.replaceAll(/'[^']*'|`[^`]*`/g, '')) ? [`${path}: any`] : []),
    ]);
    expect(broken).toEqual([]);
  });

  it('name their files in lower case with hyphens', () => {
    expect(all.map(({ path }) => path).filter((path) => /[A-Z_]/.test(path))).toEqual([]);
  });
});
