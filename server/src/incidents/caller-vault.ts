import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import type { IncidentId } from '@app/shared';
import { CallerKeys, CONFIG, type Config } from '../platform/config.js';

/** A number as it is kept: under which key, and what AES-256-GCM made of it. `sealed` ends with the tag. */
export interface Sealed {
  readonly keyId: string;
  readonly nonce: Buffer;
  readonly sealed: Buffer;
}

const TAG = 16;

/**
 * Seals callers' numbers with the keys of the installation: the first seals, every one opens, so a new key is put
 * before the old one, which goes when nothing is left that it sealed.
 */
@Injectable()
export class CallerVault {
  readonly #keys: ReadonlyMap<string, Buffer>;
  readonly currentKey: string;

  constructor(@Inject(CONFIG) { callerKeys, dataDir }: Config) {
    this.#keys = callerKeys ?? ownKeys(dataDir);
    const [current] = this.#keys.keys();
    if (current === undefined) throw new Error('CALLER_KEYS: at least one key wanted, none seen');
    this.currentKey = current;
  }

  /** The number belongs to its incident: under another one it does not open. */
  seal(incident: IncidentId, phone: string): Sealed {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.#key(this.currentKey), nonce).setAAD(
      Buffer.from(incident),
    );
    const sealed = Buffer.concat([cipher.update(phone, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return { keyId: this.currentKey, nonce, sealed };
  }

  /** @throws Error for a key that is not there, and for bytes that were changed */
  open(incident: IncidentId, { keyId, nonce, sealed }: Sealed): string {
    const decipher = createDecipheriv('aes-256-gcm', this.#key(keyId), nonce)
      .setAAD(Buffer.from(incident))
      .setAuthTag(sealed.subarray(-TAG));
    return Buffer.concat([decipher.update(sealed.subarray(0, -TAG)), decipher.final()]).toString('utf8');
  }

  #key(id: string): Buffer {
    const key = this.#keys.get(id);
    if (!key) throw new Error(`CALLER_KEYS: no key ${id}`);
    return key;
  }
}

/** A key of this installation's own, drawn at the first start; several processes must share the directory. */
function ownKeys(dataDir: string): ReadonlyMap<string, Buffer> {
  const path = join(dataDir, 'caller-keys');
  mkdirSync(dataDir, { recursive: true });
  // Linked when it is whole: of two processes that begin together neither may read half a key, or keep its own.
  const drawn = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  writeFileSync(drawn, `own:${randomBytes(32).toString('base64')}\n`, { flag: 'wx', mode: 0o600 });
  try {
    linkSync(drawn, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(drawn, { force: true });
  }
  return CallerKeys.parse(readFileSync(path, 'utf8').trim());
}
