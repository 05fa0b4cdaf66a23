import { Redis } from 'ioredis';
import { Bus } from './bus.js';
import { MemoryBus } from './bus-memory.js';
import { causeOf, type Log } from './log.js';

const PREFIX = 'xiongguan:';
const SENDER_BYTES = 8;
const HEARTBEAT = 'heartbeat';
const HEARTBEAT_MS = 500;
/** A Redis that has not sent our own word back by then is silent, whatever its connections say. */
const SILENT_MS = 2_500;

/**
 * The bus over Redis publish/subscribe. Listeners of this process are told directly, so that a lost Redis costs them
 * nothing; their own words, coming back, are passed over.
 */
export class RedisBus extends Bus {
  readonly #local = new MemoryBus();
  readonly #out: Redis;
  readonly #in: Redis;
  readonly #sender = crypto.getRandomValues(Buffer.alloc(SENDER_BYTES));
  readonly #topics = new Set<string>([HEARTBEAT]);
  readonly #timer: NodeJS.Timeout;
  #heardAt = -Infinity;
  #wasUp: boolean | undefined;

  constructor(
    url: string,
    private readonly log: Log,
  ) {
    super();
    const options = {
      lazyConnect: false,
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      retryStrategy: (attempt: number) => Math.random() * Math.min(2_000, 50 * 2 ** attempt),
    };
    this.#out = new Redis(url, options);
    this.#in = new Redis(url, { ...options, autoResubscribe: false });
    // A subscription that fails because Redis is away must not be lost: every connection subscribes to all of them.
    this.#in.on('ready', () => this.#subscribe([...this.#topics]));
    this.#in.on('error', () => undefined);
    this.#in.on('messageBuffer', (channel: Buffer, message: Buffer) => this.#hear(channel, message));
    this.#out.on('error', (error) => this.#tell(error));
    this.#timer = setInterval(() => this.#beat(), HEARTBEAT_MS);
  }

  get isUp(): boolean {
    return performance.now() - this.#heardAt <= SILENT_MS;
  }

  publish(topic: string, bytes: Uint8Array): void {
    this.#local.publish(topic, bytes);
    // Words for a silent Redis would only pile up in memory.
    if (this.isUp) this.#send(topic, bytes);
  }

  subscribe(topic: string, listener: (bytes: Uint8Array) => void): () => void {
    if (!this.#topics.has(topic)) {
      this.#topics.add(topic);
      this.#subscribe([topic]);
    }
    return this.#local.subscribe(topic, listener);
  }

  #subscribe(topics: readonly string[]): void {
    if (this.#in.status === 'ready')
      this.#in.subscribe(...topics.map((topic) => PREFIX + topic)).then(
        () => this.#beat(),
        () => undefined,
      );
  }

  #send(topic: string, bytes: Uint8Array): void {
    if (this.#out.status !== 'ready') return;
    this.#out.publish(PREFIX + topic, Buffer.concat([this.#sender, bytes])).catch(() => undefined);
  }

  #hear(channel: Buffer, message: Buffer): void {
    const topic = channel.toString().slice(PREFIX.length);
    const isOwn = this.#sender.equals(message.subarray(0, SENDER_BYTES));
    if (isOwn && topic === HEARTBEAT) {
      this.#heardAt = performance.now();
      this.#tell();
    }
    if (!isOwn) this.#local.publish(topic, message.subarray(SENDER_BYTES));
  }

  /** Says our own word, and hears whether it comes back. */
  #beat(): void {
    this.#tell();
    this.#send(HEARTBEAT, new Uint8Array(0));
  }

  #tell(error?: unknown): void {
    const { isUp } = this;
    if (isUp === this.#wasUp) return;
    this.#wasUp = isUp;
    if (isUp) this.log.info('bus.up');
    else this.log.warn('bus.down', error === undefined ? {} : { error: causeOf(error).error });
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#in.disconnect();
    this.#out.disconnect();
    await this.#local.close();
  }
}
