import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { MAX_FIXES } from '@app/shared';
import { connect, type MqttClient } from 'mqtt';
import type { Counter } from 'prom-client';
import { CONFIG, type Config } from '../../../platform/config.js';
import { causeOf, Log } from '../../../platform/log.js';
import { Metrics } from '../../../platform/metrics.js';
import { Intake } from '../../intake.js';
import { type Mapping, parseMapping, reportsOf, ruleFor } from './mqtt-mapping.rules.js';

/** So long the broker keeps what it could not tell us. */
const SESSION_S = 24 * 3_600;
const LONGEST_PAUSE_MS = 5_000;
const LISTENING = 'listening';

/**
 * Positions from a broker that the city has, MQTT 3.1.1 or 5. In: its messages, read by the mapping file. Out: fixes through
 * the intake that all doors share. Never: an acknowledgement (QoS 1) before the commit. While this server is away the
 * broker keeps them, and what it tells twice is stored once.
 */
@Injectable()
export class MqttDoor implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #messages: Counter<'outcome'>;
  readonly #stop = new AbortController();
  readonly #states = new Map<MqttClient, string>();
  #clients: MqttClient[] = [];

  constructor(
    private readonly intake: Intake,
    private readonly log: Log,
    metrics: Metrics,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    this.#messages = metrics.counter('mqtt_messages_total', 'Messages of the broker, by outcome.', [
      'outcome',
    ]);
    metrics.measured('mqtt_listening', 'Connections to the broker that listen.', () => this.listening);
  }

  /** Connections that are told of the topics. */
  get listening(): number {
    return [...this.#states.values()].filter((state) => state === LISTENING).length;
  }

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.mqtt === null) return;
    const { url, mappingFile } = this.config.mqtt;
    const mapping = await readMapping(mappingFile);
    for (let i = 0; i < mapping.connections; i++) this.#clients.push(this.#open(url, mapping, i));
  }

  #open(url: string, mapping: Mapping, index: number): MqttClient {
    const isNew = mapping.protocol === '5';
    const client = connect(url, {
      protocolVersion: isNew ? 5 : 4,
      clientId: `xiongguan-${this.config.site}-${index}`,
      clean: false,
      ...(isNew ? { properties: { sessionExpiryInterval: SESSION_S } } : {}),
      reconnectPeriod: 500 + Math.random() * 1_500,
      resubscribe: false,
    });
    client.handleMessage = (packet, done) => {
      // Told to stop before it was stored: not acknowledged, so that the broker tells it again.
      this.#hear(mapping, packet.topic, packet.payload).then(
        () => done(),
        () => undefined,
      );
    };
    client.on('connect', () => void this.#subscribe(client, mapping));
    client.on('close', () => this.#tellState(client, 'away'));
    client.on('error', (error) => this.#tellState(client, `failing: ${error.message}`));
    return client;
  }

  async #subscribe(client: MqttClient, mapping: Mapping): Promise<void> {
    const filters = mapping.topics.map(({ topic }) => (mapping.shared ? `$share/xiongguan/${topic}` : topic));
    try {
      await client.subscribeAsync(filters, { qos: 1 });
      this.#tellState(client, LISTENING);
    } catch (error) {
      this.#tellState(client, `refused: ${causeOf(error).error}`);
    }
  }

  /** Resolves when a message is dealt with for good: then it is acknowledged. One that cannot be read never will be. */
  async #hear(mapping: Mapping, topic: string, payload: string | Buffer): Promise<void> {
    const rule = ruleFor(mapping, topic);
    const value = rule && jsonOrNothing(payload);
    if (!rule || value === undefined) {
      this.#messages.inc({ outcome: 'unreadable' });
      return;
    }
    const reports = reportsOf(rule, topic, value);
    for (let from = 0; from < reports.length; from += MAX_FIXES)
      await this.#take(reports.slice(from, from + MAX_FIXES));
    this.#messages.inc({ outcome: 'taken' });
  }

  /** While PostgreSQL is away the broker waits. */
  async #take(reports: readonly unknown[]): Promise<void> {
    for (let attempt = 0; !this.#stop.signal.aborted; attempt++) {
      try {
        await this.intake.takeTrusted(reports, 'mqtt');
        return;
      } catch (error) {
        if (attempt === 0) this.log.warn('mqtt.not-stored', { error: causeOf(error).error });
        const ms = Math.random() * Math.min(LONGEST_PAUSE_MS, 100 * 2 ** attempt);
        await pause(ms, undefined, { signal: this.#stop.signal }).catch(() => undefined);
      }
    }
    throw new Error('told to stop before it was stored');
  }

  #tellState(client: MqttClient, state: string): void {
    if (this.#stop.signal.aborted || this.#states.get(client) === state) return;
    this.#states.set(client, state);
    if (state === LISTENING) this.log.info('mqtt.listening');
    else this.log.warn('mqtt.broker', { state });
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#clients.map((client) => client.endAsync(true)));
    this.#clients = [];
  }
}

/** @throws Error that names the file, and what is wrong in it */
async function readMapping(file: string): Promise<Mapping> {
  try {
    return parseMapping(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new Error(`MQTT_MAPPING ${file}: ${causeOf(cause).error}`, { cause });
  }
}

function jsonOrNothing(payload: string | Buffer): unknown {
  try {
    return JSON.parse(payload.toString());
  } catch {
    return undefined;
  }
}
