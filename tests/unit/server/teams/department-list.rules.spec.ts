import { describe, expect, it } from '@jest/globals';
import { type Department, DepartmentChange, DEPARTMENTS } from '@app/shared';
import { changedDepartments } from '../../../../server/src/teams/department-list.rules.js';

const idOf = (n: number) => `019b7523-1000-7000-8000-${String(n).padStart(12, '0')}`;
const named = (hans: string) => ({ hans, hant: '', en: '' });
const SQUAD: Department = { id: idOf(1), names: named('城管执法队'), open: true };
const change = (...items: DepartmentChange['items']): DepartmentChange => ({ version: 1, items });
const mint = () => idOf(9);

describe('the departments of a centre', () => {
  it('get an id when they are new, and keep it under another name or closed', () => {
    const renamed = { ...SQUAD, names: named('综合执法队'), open: false };
    expect(
      changedDepartments([SQUAD], change(renamed, { names: named('综治办'), open: true }), mint),
    ).toEqual({
      ok: true,
      value: [renamed, { id: idOf(9), names: named('综治办'), open: true }],
    });
  });

  it.each([
    ['that leaves one out', change(), 'request.malformed'],
    ['with one twice', change(SQUAD, { ...SQUAD, names: named('另一个') }), 'request.malformed'],
    ['with a name twice', change(SQUAD, { names: SQUAD.names, open: true }), 'request.malformed'],
    ['with one that nobody knows', change(SQUAD, { ...SQUAD, id: idOf(7) }), 'department.unknown'],
  ])('are not changed by a list %s', (_, told, code) => {
    expect(changedDepartments([SQUAD], told, mint)).toMatchObject({ ok: false, code });
  });

  it.each([
    ['no name', named('  ')],
    ['a telephone number', named('综治办 13800138000')],
    ['too long a name', named('办'.repeat(61))],
    ['a telephone number on a second line', { ...named('综治办'), en: 'Office\n6226000' }],
  ])('are refused with %s', (_, names) => {
    expect(DepartmentChange.safeParse({ version: 0, items: [{ names, open: true }] }).success).toBe(false);
  });

  it('may have one script alone, and are at most forty', () => {
    const items = Array.from({ length: DEPARTMENTS }, (_, n) => ({ names: named(`科${n}`), open: true }));
    expect(DepartmentChange.safeParse({ version: 0, items }).success).toBe(true);
    expect(DepartmentChange.safeParse({ version: 0, items: [...items, items[0]] }).success).toBe(false);
  });
});
