import { randomBytes } from 'node:crypto';
import { type Id, uuidv7 } from '@app/shared';
import { CentreTree } from '../../server/src/access/centre-tree.js';
import { type Draft, Journal } from '../../server/src/journal/journal.js';
import type { RunningApp } from './app.js';

export const mint = (): Id => uuidv7(Date.now(), randomBytes(10));

/** A fact about an entity of the tests' own, told to these scopes. */
export function factOf(seenBy: readonly Id[], more: Partial<Draft> = {}): Draft {
  const id = more.id ?? mint();
  const card = { id, note: 'a card', version: more.version ?? 1 };
  return { fact: 'probe.told', kind: 'alert', id, version: 1, at: Date.now(), card, seenBy, ...more };
}

/** One command that writes these facts and nothing else. */
export const commit = ({ app }: RunningApp, ...drafts: Draft[]): Promise<void> => {
  const journal = app.get(Journal);
  return journal.transaction((tx) => journal.append(tx, drafts));
};

/** The root of the demo city, the centres below it, and one that stands below the first of them. */
export function centresOf({ app }: RunningApp): { root: Id; counties: readonly Id[]; town: Id } {
  const tree = app.get(CentreTree);
  const root = tree.root()?.id;
  const counties = root === undefined ? [] : tree.children(root);
  const town = counties[0] === undefined ? undefined : tree.children(counties[0])[0];
  if (root === undefined || town === undefined || counties.length < 2)
    throw new Error('a city of three levels');
  return { root, counties, town };
}
