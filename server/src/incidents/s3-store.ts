import { AwsClient } from 'aws4fetch';
import type { Id } from '@app/shared';
import type { Config } from '../platform/config.js';
import { EvidenceStore } from './evidence-store.js';

type Bucket = NonNullable<Config['evidenceS3']>;

const LONGEST_MS = 30_000;

/** A bucket of whatever speaks S3: requests signed by version 4, the bucket in the path. */
export class S3Store extends EvidenceStore {
  readonly #client: AwsClient;
  readonly #url: string;

  constructor({ endpoint, bucket, region, key, secret }: Bucket) {
    super();
    this.#client = new AwsClient({
      accessKeyId: key,
      secretAccessKey: secret,
      region,
      service: 's3',
      retries: 2,
    });
    this.#url = `${endpoint}/${bucket}`;
  }

  async put(key: Id, bytes: Uint8Array): Promise<void> {
    // Refused by the store, where it knows the header, when something is there; keys are used once in any case.
    const headers = { 'if-none-match': '*', 'content-type': 'application/octet-stream' };
    await this.#ask(key, { method: 'PUT', headers, body: Buffer.from(bytes) });
  }

  async get(key: Id): Promise<Uint8Array | undefined> {
    const response = await this.#ask(key, { method: 'GET' });
    return response && new Uint8Array(await response.arrayBuffer());
  }

  async remove(key: Id): Promise<void> {
    await this.#ask(key, { method: 'DELETE' });
  }

  /** The answer; undefined when nothing is there. @throws Error for any other refusal */
  async #ask(key: Id, init: RequestInit): Promise<Response | undefined> {
    const signal = AbortSignal.timeout(LONGEST_MS);
    const response = await this.#client.fetch(`${this.#url}/${key}`, { ...init, signal });
    if (response.status === 404 && init.method !== 'PUT') {
      await response.body?.cancel();
      return undefined;
    }
    if (!response.ok) {
      const told = (await response.text()).slice(0, 300);
      throw new Error(`evidence store: ${init.method} answered ${response.status}: ${told}`);
    }
    return response;
  }
}
