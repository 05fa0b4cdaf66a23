import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CODE_SLOT_S, type CodeAsk, type CodeSheet, codeText, type Id, toInstant } from '@app/shared';
import encodeQr from 'qr';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../access/caller.js';
import { Database } from '../platform/database.js';
import { Fault } from '../platform/fault.js';
import { type CodeSecret, rotatingCode, SLOT_MS, slotAt, tagCode } from './check-code.js';
import { CheckCodeRepository } from './check-code.repository.js';
import { GroundDesk } from './ground-desk.js';
import { GroundRepository } from './ground.repository.js';
import type { CheckpointRow } from './ground.table.js';

const SECRET_BYTES = 32;

/** Tells a checkpoint's codes to whoever sets it up, and makes its secret anew; both are audited. */
@Injectable()
export class PrintCodeSheet {
  constructor(
    private readonly database: Database,
    private readonly ground: GroundRepository,
    private readonly desk: GroundDesk,
    private readonly codes: CheckCodeRepository,
  ) {}

  /** @throws Fault `checkpoint.unknown`, whether it is foreign, closed or unknown */
  run(id: Id, { rotate }: CodeAsk, by: Caller): Promise<CodeSheet> {
    return this.database.transaction(async (tx) => {
      const point = await this.ground.lockCheckpoint(tx, id);
      if (!point || point.closedAt !== null || !this.desk.mayChange(by, point.centre))
        throw new Fault('checkpoint.unknown', { id });
      const now = this.desk.clock.now();
      const [held] = await this.codes.of(tx, id);
      const isNew = rotate || !held;
      const secret = isNew ? await this.#renew(tx, id, now) : held;
      const action = isNew ? 'checkpoint.code-made' : 'checkpoint.code-read';
      await this.desk.note(tx, by, { action, subject: `checkpoint:${id}` });
      return sheetOf(point, secret, now);
    });
  }

  async #renew(tx: EntityManager, id: Id, now: number): Promise<CodeSecret> {
    const secret = randomBytes(SECRET_BYTES);
    await this.codes.replace(tx, id, secret, now);
    return { secret, from: now, until: null };
  }
}

function sheetOf({ id, names }: CheckpointRow, { secret, from }: CodeSecret, now: number): CodeSheet {
  const slot = slotAt(now);
  const shown = (code: string) => {
    const text = codeText(id, code);
    return { code, text, svg: encodeQr(text, 'svg') };
  };
  return {
    checkpoint: id,
    names,
    since: toInstant(from),
    secret: Buffer.from(secret).toString('base64url'),
    slotS: CODE_SLOT_S,
    tag: shown(tagCode(secret)),
    rotating: {
      ...shown(rotatingCode(secret, slot)),
      from: toInstant(slot * SLOT_MS),
      to: toInstant((slot + 1) * SLOT_MS),
    },
  };
}
