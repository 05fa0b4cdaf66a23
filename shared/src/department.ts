import { z } from 'zod';
import { Id } from './ids.js';
import { type Language, nameIn, Names } from './names.js';
import { Instant } from './time.js';

/** How many departments a centre keeps, closed ones too. */
export const DEPARTMENTS = 40;

/** Departments are named, never the people in them; a telephone number is no name. */
const NO_NUMBER = /^(?!.*\d{5})/s;
const word = z.string().trim().max(60).regex(NO_NUMBER, 'expected a name without a telephone number');

/** What a department is called; the other scripts may be left empty. */
export const DepartmentNames = Names.extend({ hans: word.min(1), hant: word, en: word });
export type DepartmentNames = z.infer<typeof DepartmentNames>;

/** A department of one centre that may be sent like a team. It has no handheld: the desk tells what it does. */
export const Department = z.strictObject({ id: Id, names: Names, open: z.boolean() });
export type Department = z.infer<typeof Department>;

interface Sent<CallSign> {
  readonly department?: Pick<Department, 'names'> | null | undefined;
  readonly callSign: CallSign;
}

/** Who was sent, as a reader is told: a department by its name in the reader's language, a team by its call sign. */
export const sentName = <CallSign extends string | null>(
  { department, callSign }: Sent<CallSign>,
  language: Language,
): string | CallSign => (department ? nameIn(department.names, language) : callSign);

/** The departments of a centre, in its order. Version 0: it has set none. */
export const DepartmentList = z.object({
  centre: Id,
  version: z.number().int(),
  items: z.array(Department),
  at: Instant.nullable(),
  by: z.string().nullable(),
});
export type DepartmentList = z.infer<typeof DepartmentList>;

/**
 * Body of `POST /api/departments/:centre`; `version` is the one that was edited. One without an id is new; one that is
 * known is closed, never left out.
 */
export const DepartmentChange = z.strictObject({
  version: z.number().int().min(0),
  items: z
    .array(z.strictObject({ id: Id.optional(), names: DepartmentNames, open: z.boolean() }))
    .max(DEPARTMENTS),
});
export type DepartmentChange = z.infer<typeof DepartmentChange>;
