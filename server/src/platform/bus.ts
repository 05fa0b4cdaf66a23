import type { OnApplicationShutdown } from '@nestjs/common';

/**
 * Words between the processes of one centre: hints and positions, never durable facts. A word may be lost; whoever
 * listens must heal by itself (the tailer polls, frames send keyframes).
 */
export abstract class Bus implements OnApplicationShutdown {
  /** Sends `bytes` to every other process and to listeners of this one. Never throws, never waits. */
  abstract publish(topic: string, bytes: Uint8Array): void;
  /** Calls `listener` for each word of a topic until the returned function is called. */
  abstract subscribe(topic: string, listener: (bytes: Uint8Array) => void): () => void;
  /** False while other processes cannot be reached. */
  abstract readonly isUp: boolean;
  abstract close(): Promise<void>;

  onApplicationShutdown(): Promise<void> {
    return this.close();
  }
}
