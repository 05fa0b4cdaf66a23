import { Injectable } from '@nestjs/common';
import { type AuditAction, type Centre, type CentreId, Digest, type Id } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Audiences, type Parties } from '../access/audiences.js';
import { Audit } from '../access/audit.js';
import type { Caller } from '../access/caller.js';
import { CentreTree } from '../access/centre-tree.js';
import { Journal } from '../journal/journal.js';
import { Clock } from '../platform/clock.js';

interface PictureRow {
  readonly kind: string;
  readonly id: Id;
  readonly version: number;
  readonly centre: Id | null;
  readonly seenBy: readonly Id[];
}

interface Counter {
  readonly tree: number;
  readonly seq: number;
  readonly at: Date;
}

/**
 * The one way in which the tree changes. The tree's number rises first, so that no audience of the old tree is
 * numbered after it; then every audience is computed anew, a checkpoint is kept and one entry tells everybody.
 */
@Injectable()
export class ChangeTree {
  constructor(
    private readonly journal: Journal,
    private readonly tree: CentreTree,
    private readonly audiences: Audiences,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** A command's transaction; afterwards this process holds the new tree. */
  async transaction<T>(command: (tx: EntityManager) => Promise<T>): Promise<T> {
    const result = await this.journal.transaction(command);
    await this.tree.refresh();
    return result;
  }

  /**
   * Runs `work`, which writes rows of `centre`, as a change of the tree by `by` (null: when a city is set up). Once in
   * a transaction. `work` is given the tree as it stands and answers which centre it wrote.
   * @returns that centre as it is now
   */
  async apply(
    tx: EntityManager,
    { by, action }: { by: Caller | null; action: AuditAction },
    work: (tree: CentreTree) => Promise<CentreId>,
  ): Promise<Centre> {
    // In the order of every other command: picture, then what is locked at commit. Writers of the picture wait here
    // for the end, and run again with the new tree.
    await tx.query('lock table picture in exclusive mode');
    await this.audit.hold(tx);
    const [[counter]] = await tx.query<[[Counter]]>(
      'update counter set tree = tree + 1 returning tree, seq, at',
    );
    const id = await work(await this.tree.readIn(tx));
    const next = await this.tree.readIn(tx);
    const centre = next.get(id);
    if (!centre) throw new Error(`centre ${id} was not written`);
    await this.audiences.rewriteAll(tx, next);
    const rows = await tx.query<PictureRow[]>(SELECT_PICTURE);
    await this.writeAudiences(tx, rows, next);
    const at = Math.max(this.clock.now(), counter.at.getTime());
    await this.audit.write(tx, { caller: by, action, subject: `centre:${id}`, outcome: 'done' });
    await keepCheckpoint(tx, rows, { ...counter, seq: counter.seq + 1, at: new Date(at) });
    await this.tell(tx, next, at);
    return centre;
  }

  private async writeAudiences(
    tx: EntityManager,
    rows: readonly PictureRow[],
    next: CentreTree,
  ): Promise<void> {
    const audiences = [];
    for (const [kind, held] of byKind(rows)) {
      const ids = held.map(({ id }) => id);
      const known = await this.audiences.partiesOf(tx, kind, ids, next);
      for (const row of held) {
        const told = known.get(row.id) ?? partiesOnCard(row, next, this.audiences.knows(kind));
        audiences.push({
          kind,
          id: row.id,
          seenBy: told ? next.seenBy(told.parties, told.others) : row.seenBy,
        });
      }
    }
    await tx.query(WRITE_AUDIENCES, [JSON.stringify(audiences)]);
  }

  private async tell(tx: EntityManager, next: CentreTree, at: number): Promise<void> {
    const root = next.root();
    if (!root) throw new Error('a tree without a root');
    const seenBy = next.all().map(({ id }) => id);
    const entry = { fact: 'tree.changed', kind: 'tree', id: root.id, version: next.version } as const;
    await this.journal.append(tx, [{ ...entry, at, card: null, seenBy }], next.version);
  }
}

/**
 * The centre on a card. Without one, what nobody speaks for binds everybody; what somebody should have spoken for goes
 * to nobody new (undefined).
 */
function partiesOnCard(
  { centre, seenBy }: PictureRow,
  tree: CentreTree,
  isSpokenFor: boolean,
): Parties | undefined {
  if (centre === null && isSpokenFor) return undefined;
  const others = seenBy.filter((scope) => !tree.get(scope));
  return { parties: centre === null ? tree.all().map(({ id }) => id) : [centre], others };
}

function byKind(rows: readonly PictureRow[]): Map<string, PictureRow[]> {
  const kinds = new Map<string, PictureRow[]>();
  for (const row of rows) {
    const held = kinds.get(row.kind);
    if (held) held.push(row);
    else kinds.set(row.kind, [row]);
  }
  return kinds;
}

/** A copy of the picture as it is once the entry with this number stands. */
async function keepCheckpoint(tx: EntityManager, rows: readonly PictureRow[], { seq, at, tree }: Counter) {
  const digest = new Digest();
  for (const { kind, id, version } of rows) digest.add(kind, id, version);
  await tx.query('insert into checkpoint (seq, at, tree, reason, digest) values ($1, $2, $3, $4, $5)', [
    seq,
    at,
    tree,
    'tree',
    digest.hex(),
  ]);
  await tx.query(
    `insert into checkpoint_item (seq, kind, id, version, card, seen_by)
     select $1, kind, id, version, card, seen_by from picture`,
    [seq],
  );
}

const SELECT_PICTURE = `
  select kind, id, version, (card->>'centre')::uuid as centre, seen_by as "seenBy" from picture order by kind, id`;

const WRITE_AUDIENCES = `
  update picture p set seen_by = e."seenBy"
    from jsonb_to_recordset($1::jsonb) as e(kind text, id uuid, "seenBy" uuid[])
   where p.kind = e.kind and p.id = e.id`;
