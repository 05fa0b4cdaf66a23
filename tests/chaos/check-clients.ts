import type { ClientHistory, ClientStep, PrintedItem, ToldEntry } from './history.js';
import { markOf, seqOf } from './history.js';
import { printItem } from './print.js';
import { digestOf, keyOf, type ScopeTruth, type Truth } from './truth.js';

export interface Finding {
  readonly kind: FindingKind;
  readonly what: string;
  readonly client?: string;
  /** The entity that it is about, as `kind:id`. */
  readonly entity?: string;
  /** The key of the write that it is about. */
  readonly write?: string;
  /** When it showed, ms since 1970. */
  readonly at: number;
}
export type FindingKind =
  | 'lost'
  | 'doubled'
  | 'reordered'
  | 'leaked'
  | 'altered'
  | 'picture'
  | 'digest'
  | 'chain'
  | 'clock'
  | 'position'
  | 'fault';

/** Further back than this a server may answer with a snapshot. */
const RESUMABLE = 5_000;

type Told = Extract<ClientStep, { did: 'entries' }>;
type Snapshot = Extract<ClientStep, { did: 'snapshot' }>;

/** Whether a client applied every entry of its scope exactly once, in order, and nothing else. */
export function checkClient(client: ClientHistory, truth: Truth): Finding[] {
  return new ClientCheck(client, truth).run();
}

class ClientCheck {
  readonly #findings: Finding[] = [];
  readonly #scope: ScopeTruth;
  readonly #seen = new Set<string>();
  /** What did not come in its place; lost if it came in no other either. */
  readonly #missed = new Map<string, { readonly entity: string; readonly at: number }>();
  #cursor: string | null = null;
  #at = 0;

  constructor(
    private readonly client: ClientHistory,
    private readonly truth: Truth,
  ) {
    this.#scope = truth.of(client.scope);
  }

  run(): Finding[] {
    for (const step of this.client.steps) {
      this.#at = step.at;
      if (step.did === 'snapshot') this.#snapshot(step);
      else if (step.did === 'entries') this.#entries(step);
      else if (step.did === 'proof') this.#proof(step.cursor, step.digest);
      else if (step.did === 'roster') this.#roster(step.cursor, step.teams);
      else if (step.did === 'complaint') this.#find('chain', step.why);
    }
    for (const [name, { entity, at }] of this.#missed) {
      this.#at = at;
      if (!this.#seen.has(name)) this.#find('lost', `${name} never came`, entity);
    }
    this.#last();
    return this.#findings;
  }

  #find(kind: FindingKind, what: string, entity?: string): void {
    const about = entity === undefined ? {} : { entity };
    this.#findings.push({ kind, what, client: this.client.name, at: this.#at, ...about });
  }

  #snapshot({ asked, cursor, digest, items }: Snapshot): void {
    const isNeedless =
      asked !== null &&
      seqOf(cursor) - seqOf(asked) < RESUMABLE &&
      !this.truth.treeChanged(seqOf(asked), seqOf(cursor));
    if (isNeedless) this.#find('chain', `a snapshot at ${cursor} where ${asked} could be resumed from`);
    this.#compare(new Map(items.map((item) => [keyOf(item), item])), seqOf(cursor), 'snapshot');
    this.#cursor = cursor;
    this.#proof(cursor, digest);
  }

  #entries({ after, cursor, entries, digest }: Told): void {
    if (after !== this.#cursor) this.#find('chain', `told what follows ${after}, at ${this.#cursor}`);
    if (this.truth.treeChanged(seqOf(after), seqOf(cursor)))
      this.#find('chain', `${after} was resumed from beyond a change of the tree`);
    this.#order(entries, this.#scope.between(seqOf(after), seqOf(cursor)));
    this.#cursor = cursor;
    this.#proof(cursor, digest ?? this.#scope.digestAt(seqOf(cursor)) ?? '');
  }

  /** What came against what had to come, entry by entry. */
  #order(came: readonly ToldEntry[], wanted: readonly ToldEntry[]): void {
    const missing = new Map(wanted.map((entry) => [nameOf(entry), entry]));
    let last = -1;
    for (const entry of came) {
      const name = nameOf(entry);
      const place = wanted.findIndex((other) => nameOf(other) === name);
      const right = wanted[place];
      if (!right) this.#foreign(entry, name);
      else if (!missing.delete(name)) this.#find('doubled', `${name} came twice`, keyOf(entry));
      else if (right.print !== entry.print) this.#find('altered', `${name} is not as written`, keyOf(entry));
      else if (place < last) this.#find('reordered', `${name} came after a later one`, keyOf(entry));
      last = Math.max(last, place);
      this.#seen.add(name);
    }
    const at = this.#at;
    for (const [name, entry] of missing) this.#missed.set(name, { entity: keyOf(entry), at });
  }

  #foreign(entry: ToldEntry, name: string): void {
    const isOurs = this.#scope.told.some((told) => nameOf(told.entry) === name);
    if (this.#seen.has(name)) this.#find('doubled', `${name} came again`, keyOf(entry));
    else if (isOurs) this.#find('reordered', `${name} came out of its place`, keyOf(entry));
    else this.#find('leaked', `${name} is not this scope's`, keyOf(entry));
  }

  #proof(cursor: string, digest: string): void {
    const seq = seqOf(cursor);
    const row = this.truth.row(seq);
    if (row && row.mark !== markOf(cursor))
      this.#find('chain', `cursor ${cursor}, but the entry's mark is ${row.mark}`);
    const right = this.#scope.digestAt(seq);
    if (digest !== right) this.#find('digest', `at ${cursor} ${digest}, by the journal ${right}`);
  }

  /** A roster names exactly the teams of the picture at its cursor. */
  #roster(cursor: string, teams: readonly string[]): void {
    const picture = this.#scope.at(seqOf(cursor));
    for (const id of teams)
      if (!picture.has(`team:${id}`)) this.#find('leaked', `roster names team ${id}`, `team:${id}`);
    const named = new Set(teams.map((id) => `team:${id}`));
    for (const [key, { kind }] of picture)
      if (kind === 'team' && !named.has(key)) this.#find('chain', `roster lacks ${key}`, key);
  }

  #last(): void {
    const { cursor, digest, items } = this.client.last;
    if (cursor === null) return this.#find('picture', 'it never joined');
    const printed = items.map(printItem);
    if (digest !== digestOf(printed)) this.#find('digest', `it kept ${digest} of another picture`);
    this.#compare(new Map(printed.map((item) => [keyOf(item), item])), seqOf(cursor), 'picture');
  }

  #compare(held: ReadonlyMap<string, PrintedItem>, seq: number, where: string): void {
    const right = this.#scope.at(seq);
    for (const [key, item] of held) {
      const other = right.get(key);
      const said = `${where} at ${seq} has ${key} v${item.version}`;
      if (!other) this.#find('picture', `${said}, which is not there`, key);
      else if (other.version !== item.version || other.print !== item.print)
        this.#find('picture', `${said}, by the journal v${other.version} with another card`, key);
    }
    for (const [key, { version }] of right)
      if (!held.has(key)) this.#find('picture', `${where} at ${seq} lacks ${key} v${version}`, key);
  }
}

/** What makes two tellings the same one. Who no longer sees an entity is told no number of the journal. */
const nameOf = ({ seq, fact, kind, id, version }: ToldEntry): string =>
  `${kind}:${id} v${version} ${fact}${seq === null ? '' : ` (${seq})`}`;
