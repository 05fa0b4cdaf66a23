import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { EvidenceType } from '@app/shared';
import { fileTypeFromBuffer } from 'file-type';
import { CONFIG, type Config } from '../platform/config.js';
import { settle } from '../platform/decision.js';
import { Fault } from '../platform/fault.js';
import { causeOf, Log } from '../platform/log.js';
import { scan } from './antivirus.js';
import { allowedType, nameOf } from './evidence.rules.js';
import { BrokenPicture, type PictureType, stripMetadata } from './strip-metadata.js';

/** What was sent, as far as anybody says. */
export interface SentFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What may be kept of it. */
export interface Examined {
  readonly name: string;
  readonly type: EvidenceType;
  readonly bytes: Uint8Array;
  readonly sha256: string;
  readonly sourceSha256: string;
}

/** Looks at what is sent before any of it is kept. */
@Injectable()
export class EvidenceIntake {
  constructor(
    private readonly log: Log,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @throws Fault `evidence.type` `evidence.broken` `evidence.infected` `evidence.unscanned` */
  async examine({ name, bytes }: SentFile): Promise<Examined> {
    const type = settle(allowedType((await fileTypeFromBuffer(bytes))?.mime));
    await this.#requireClean(bytes);
    const kept = stripped(bytes, type);
    return { name: nameOf(name, type), type, bytes: kept, sha256: sha256(kept), sourceSha256: sha256(bytes) };
  }

  /** Where a scanner is set and does not answer, nothing is taken: better late than unseen. */
  async #requireClean(bytes: Uint8Array): Promise<void> {
    const { antivirus } = this.config;
    if (antivirus === null) return;
    const verdict = await scan(antivirus, bytes).catch((error: unknown) => {
      this.log.error('evidence.scanner-failed', { error: causeOf(error).error });
      throw new Fault('evidence.unscanned');
    });
    if (!verdict.isClean) {
      this.log.warn('evidence.infected', { found: verdict.found });
      throw new Fault('evidence.infected', { found: verdict.found });
    }
  }
}

const isPicture = (type: EvidenceType): type is PictureType => type.startsWith('image/');

function stripped(bytes: Uint8Array, type: EvidenceType): Uint8Array {
  if (!isPicture(type)) return bytes;
  try {
    return stripMetadata(bytes, type);
  } catch (error) {
    if (error instanceof BrokenPicture) throw new Fault('evidence.broken', { seen: error.message });
    throw error;
  }
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
