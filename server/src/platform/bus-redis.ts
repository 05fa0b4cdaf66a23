import { Redis } from 'ioredis';
import { Bus } from './bus.js';
import { MemoryBus } from './bus-memory.js';
import { causeOf, type Log } from './log.js';

const PREFIX = 'xiongguan:';
const SENDER_BYTES = 8;

/**
 * The bus over Redis publish/subscribe. Listeners of this process are told directly, so that a lost Redis costs them
 * nothing; their own words, coming back, are passed over.
 */
export class RedisBus extends Bus {
  readonly #local = new MemoryBus();
  readonly #out: Redis;
  readonly #in: Redis;
  readonly #sender = crypto.getRandomValues(Buffer.alloc(SENDER_BYTES));
  readonly #topics = new Set<string>();

  constructor(url: string, log: Log) {
    super();
    const options = {
      lazyConnect: false,
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      retryStrategy: (attempt: number) => Math.random() * Math.min(2_000, 50 * 2 ** attempt),
    };
    this.#out = new Redis(url, options);
    this.#in = new Redis(url, { ...options, enableOfflineQueue: true, autoResubscribe: true });
    let wasUp: boolean | undefined;
    const tell = (isUp: boolean, error?: unknown) => {
      if (isUp === wasUp) return;
      wasUp = isUp;
      if (isUp) log.info('bus.up');
      else log.warn('bus.down', error === undefined ? {} : { error: causeOf(error).error });
    };
    this.#out.on('ready', () => tell(true));
    this.#out.on('error', (error) => tell(false, error));
    this.#out.on('close', () => tell(false));
    this.#in.on('error', () => undefined);
    this.#in.on('messageBuffer', (channel: Buffer, message: Buffer) => {
      if (this.#sender.equals(message.subarray(0, SENDER_BYTES))) return;
      this.#local.publish(channel.toString().slice(PREFIX.length), message.subarray(SENDER_BYTES));
    });
  }

  get isUp(): boolean {
    return this.#out.status === 'ready' && this.#in.status === 'ready';
  }

  publish(topic: string, bytes: Uint8Array): void {
    this.#local.publish(topic, bytes);
    if (this.#out.status !== 'ready') return;
    this.#out.publish(PREFIX + topic, Buffer.concat([this.#sender, bytes])).catch(() => undefined);
  }

  subscribe(topic: string, listener: (bytes: Uint8Array) => void): () => void {
    if (!this.#topics.has(topic)) {
      this.#topics.add(topic);
      this.#in.subscribe(PREFIX + topic).catch(() => this.#topics.delete(topic));
    }
    return this.#local.subscribe(topic, listener);
  }

  async close(): Promise<void> {
    this.#in.disconnect();
    this.#out.disconnect();
    await this.#local.close();
  }
}
