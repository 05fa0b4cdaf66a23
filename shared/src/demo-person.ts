import { DEMO_ACCOUNTS, type DemoAccount } from './account.js';
import type { Words } from './words.js';

/** Whom a login of the demo stands for; `centre` is a code, or `demoKey` of a centre that has none, or of a team. */
export interface DemoPerson {
  readonly demo: DemoAccount;
  readonly centre: string | null;
  readonly isSecond: boolean;
}

const LOGIN = /^demo-([a-z]+)(?:-([0-9a-f]{6,32}))?(-b)?$/;

/** The login of an account of the demo. Never a person's name, and the same in every language. */
export const demoLogin = ({ demo, centre, isSecond }: DemoPerson): string =>
  `demo-${demo}${centre === null ? '' : `-${centre}`}${isSecond ? '-b' : ''}`;

/** Undefined for any other login. */
export function demoPersonOf(login: string): DemoPerson | undefined {
  const [, word, centre = null, second] = LOGIN.exec(login) ?? [];
  const demo = DEMO_ACCOUNTS.find((one) => one === word);
  return demo && { demo, centre, isSecond: second !== undefined };
}

/** By what a centre stands in the logins of those who are there in the demo. */
export const demoCentre = ({ id, code }: { readonly id: string; readonly code: string | null }): string =>
  code ?? demoKey(id);

/** The whole id: a part of it may be another's too, and a door would open for the wrong team. */
export const demoKey = (id: string): string => id.replaceAll('-', '');

/**
 * What a reader is told of who did something: logins as they are, but for the demo's and the product's own.
 * @param centreName the name of a centre by `demoCentre`; empty where it is not known
 */
export function personText(
  login: string,
  { person }: Pick<Words, 'person'>,
  centreName: (key: string) => string,
): string {
  if (login === 'system' || login === 'simulator') return person[login];
  const known = demoPersonOf(login);
  if (!known) return login;
  const { demo, centre, isSecond } = known;
  const where = centre === null ? '' : centreName(centre);
  const who = where === '' ? person.demo[demo] : person.at(where, person.demo[demo]);
  return isSecond ? person.second(who) : who;
}
