import { Injectable } from '@nestjs/common';
import type { Id } from '@app/shared';
import type { EntityManager } from 'typeorm';
import type { CodeSecret } from './check-code.js';

/** The secrets of checkpoints' codes, earlier ones too: what was read before a change may come in after it. */
@Injectable()
export class CheckCodeRepository {
  /** Newest first. */
  async of(tx: EntityManager, checkpoint: Id): Promise<CodeSecret[]> {
    const rows = await tx.query<{ secret: Buffer; from: Date; until: Date | null }[]>(
      `select secret, from_at as "from", until_at as "until" from checkpoint_code
        where checkpoint = $1 order by from_at desc`,
      [checkpoint],
    );
    return rows.map(({ secret, from, until }) => ({
      secret,
      from: from.getTime(),
      until: until?.getTime() ?? null,
    }));
  }

  /** Ends the one that holds, if any, and begins another. */
  async replace(tx: EntityManager, checkpoint: Id, secret: Uint8Array, at: number): Promise<void> {
    await tx.query('update checkpoint_code set until_at = $2 where checkpoint = $1 and until_at is null', [
      checkpoint,
      new Date(at),
    ]);
    await tx.query('insert into checkpoint_code (checkpoint, secret, from_at) values ($1, $2, $3)', [
      checkpoint,
      Buffer.from(secret),
      new Date(at),
    ]);
  }
}
