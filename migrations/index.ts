import { CreateJournal1764000001000 } from './1764000001000-create-journal.js';
import { CreateTeams1764000005000 } from './1764000005000-create-teams.js';

/** Every migration, in order. Classes, not a glob: a glob breaks under the test runner. */
export const migrations = [CreateJournal1764000001000, CreateTeams1764000005000] as const;
