import { accept, type Decision, refuse } from '../platform/decision.js';

const PASSWORD_MIN = 10;
const CLASSES = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/];
const CLASSES_WANTED = 3;

/** Whether a password may be set: long enough, of three classes of characters, and not built on the account's name. */
export function checkPassword(password: string, account: string): Decision<string> {
  const length = Array.from(password).length;
  const classes = CLASSES.filter((wanted) => wanted.test(password)).length;
  if (length < PASSWORD_MIN || classes < CLASSES_WANTED)
    return refuse('account.weak-password', {
      seen: { length, classes },
      wanted: { length: PASSWORD_MIN, classes: CLASSES_WANTED },
    });
  if (password.toLowerCase().includes(account.toLowerCase()))
    return refuse('account.weak-password', { wanted: 'a password without the name of the account' });
  return accept(password);
}
