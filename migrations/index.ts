import { CreateJournal1764000001000 } from './1764000001000-create-journal.js';

/** Every migration, in order. Classes, not a glob: a glob breaks under the test runner. */
export const migrations = [CreateJournal1764000001000] as const;
