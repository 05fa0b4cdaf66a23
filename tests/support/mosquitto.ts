import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { connectAsync, type MqttClient } from 'mqtt';
import { freePort } from './server.js';

/** Where a Mosquitto is, as `npm test` found it; none: its tests are left out. */
export const MOSQUITTO = process.env['MOSQUITTO'];

export interface RunningBroker {
  readonly url: string;
  /** Somebody who publishes. */
  person(protocol: '3.1.1' | '5'): Promise<MqttClient>;
  close(): Promise<void>;
}

/** A broker of one's own, open to whoever is on this machine. */
export async function openBroker(): Promise<RunningBroker> {
  const directory = await mkdtemp(join(tmpdir(), 'mosquitto-'));
  const port = await freePort();
  const file = join(directory, 'mosquitto.conf');
  await writeFile(file, `listener ${port} 127.0.0.1\nallow_anonymous true\nmax_queued_messages 0\n`);
  const child = spawn(MOSQUITTO ?? '', ['-c', file], { stdio: 'ignore' });
  const url = `mqtt://127.0.0.1:${port}`;
  await ready(child, url);
  return {
    url,
    person: (protocol) => connectAsync(url, { protocolVersion: protocol === '5' ? 5 : 4 }),
    close: async () => {
      child.kill('SIGTERM');
      await once(child, 'exit');
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function ready(child: ChildProcess, url: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    if (child.exitCode !== null) throw new Error(`mosquitto ended with code ${child.exitCode}`);
    try {
      const client = await connectAsync(url, { reconnectPeriod: 0, connectTimeout: 2_000 });
      return await client.endAsync();
    } catch (error) {
      if (tries > 100) throw error;
      await pause(50);
    }
  }
}
