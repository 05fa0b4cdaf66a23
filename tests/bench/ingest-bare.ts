import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Caller } from '../../server/src/access/caller.js';
import type { Intake } from '../../server/src/positions/intake.js';

/** `node:http` and nothing around it but the checks and the commit: what the HTTP door is measured against. */
export class BareDoor {
  private constructor(private readonly server: Server) {}

  static async open(intake: Intake, caller: Caller): Promise<BareDoor> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        void intake
          .takeReports(caller, JSON.parse(Buffer.concat(chunks).toString()), 'http')
          .then((answer) => {
            response.setHeader('content-type', 'application/json');
            response.end(JSON.stringify(answer));
          });
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new BareDoor(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.close();
  }
}
