import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { MqttDoor } from '../../server/src/positions/doors/mqtt/mqtt.door.js';
import { openBroker, type RunningBroker } from '../support/mosquitto.js';

/** What the door may keep open to a broker at most. */
export const CONNECTIONS = 16;
const TOPIC = {
  topic: 'fleet/+/fix',
  device: { level: 2 },
  at: { path: 'ts', unit: 'ms' },
  lng: 'lng',
  lat: 'lat',
};

/** A Mosquitto, and what a server is told of it to listen there. */
export class BrokerDoor {
  private constructor(
    private readonly broker: RunningBroker,
    private readonly directory: string,
  ) {}

  static async open(): Promise<BrokerDoor> {
    const door = new BrokerDoor(await openBroker(), await mkdtemp(join(tmpdir(), 'bench-mqtt-')));
    const mapping = { shared: true, connections: CONNECTIONS, topics: [TOPIC] };
    await writeFile(door.env.MQTT_MAPPING, JSON.stringify(mapping));
    return door;
  }

  get url(): string {
    return this.broker.url;
  }

  get env(): { MQTT_URL: string; MQTT_MAPPING: string } {
    return { MQTT_URL: this.url, MQTT_MAPPING: join(this.directory, 'mapping.json') };
  }

  /** Until the server listens with all its connections. */
  async heard(app: NestExpressApplication): Promise<void> {
    for (const end = Date.now() + 30_000; app.get(MqttDoor).listening < CONNECTIONS; await pause(20))
      if (Date.now() > end) throw new Error('the door does not listen at the broker within 30 s');
  }

  async close(): Promise<void> {
    await this.broker.close();
    await rm(this.directory, { recursive: true, force: true });
  }
}
