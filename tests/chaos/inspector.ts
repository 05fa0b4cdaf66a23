import { once } from 'node:events';
import { WebSocket } from 'ws';

/** The inspector of a Node process, which speaks the protocol that browsers speak too. */
export class Inspector {
  #last = 0;

  private constructor(private readonly socket: WebSocket) {}

  static async open(port: number): Promise<Inspector> {
    const answer = await fetch(`http://127.0.0.1:${port}/json/list`);
    const [target] = (await answer.json()) as { webSocketDebuggerUrl: string }[];
    if (!target) throw new Error(`nothing to inspect at port ${port}`);
    const socket = new WebSocket(target.webSocketDebuggerUrl);
    await once(socket, 'open');
    return new Inspector(socket);
  }

  send<T>(method: string): Promise<T> {
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      const hear = (data: Buffer) => {
        const word = JSON.parse(data.toString()) as { id?: number; result?: T; error?: { message: string } };
        if (word.id !== id) return;
        this.socket.off('message', hear);
        if (word.error) reject(new Error(`${method}: ${word.error.message}`));
        else resolve(word.result as T);
      };
      this.socket.on('message', hear);
      this.socket.send(JSON.stringify({ id, method }));
    });
  }

  close(): void {
    this.socket.close();
  }
}

/** Bytes that are used after everything that can go has gone. */
export async function heapAfterGarbage(send: <T>(method: string) => Promise<T>): Promise<number> {
  // What a first round sets free may hold what a second one finds.
  for (let i = 0; i < 3; i++) await send('HeapProfiler.collectGarbage');
  return (await send<{ usedSize: number }>('Runtime.getHeapUsage')).usedSize;
}
