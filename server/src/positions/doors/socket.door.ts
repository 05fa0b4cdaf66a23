import { type OnGatewayInit, WebSocketGateway } from '@nestjs/websockets';
import type { Answer, DeviceToServer, FixesAnswer } from '@app/shared';
import type { Namespace, Socket } from 'socket.io';
import { Access } from '../../access/access.js';
import type { Caller } from '../../access/caller.js';
import type { CutReason } from '../../access/cut-feed.schedule.js';
import { Fault } from '../../platform/fault.js';
import { toFault } from '../../platform/http-faults.js';
import { causeOf, Log } from '../../platform/log.js';
import { refusal, refuseUnknown } from '../../platform/socket-requests.js';
import { Intake } from '../intake.js';

interface DeviceData {
  caller: Caller;
}
type DeviceSocket = Socket<DeviceToServer, Record<string, never>, Record<string, never>, DeviceData>;
type Devices = Namespace<DeviceToServer, Record<string, never>, Record<string, never>, DeviceData>;

/**
 * Positions over Socket.IO, namespace `/devices`: `fixes` with a JSON array or a binary batch. Each is answered once by
 * its ack, also when it is malformed. The handlers hang on the sockets themselves: the framework's pipeline costs
 * more per message than the batch.
 */
@WebSocketGateway({ namespace: '/devices', transports: ['websocket'] })
export class SocketDoor implements OnGatewayInit {
  constructor(
    private readonly access: Access,
    private readonly intake: Intake,
    private readonly log: Log,
  ) {}

  afterInit(io: Devices): void {
    io.use((socket, next) => void this.letIn(socket, next));
    refuseUnknown(io, ['fixes']);
    io.on('connection', (socket: DeviceSocket) => {
      socket.on('fixes', (...args: unknown[]) => void this.answer(socket.data.caller, args));
    });
    this.access.onCut((credential, reason) => {
      for (const socket of io.sockets.values())
        if (socket.data.caller.credential === credential) void this.review(socket, reason);
    });
  }

  /** A credential that ended takes its sockets with it; one that changed speaks on with what it may now. */
  private async review(socket: DeviceSocket, reason: CutReason): Promise<void> {
    const refusal = reason === 'signed-out' ? reason : await this.refusalOf(socket);
    if (refusal) socket.disconnect(true);
  }

  private async letIn(socket: DeviceSocket, next: (refusal?: Error) => void): Promise<void> {
    next(await this.refusalOf(socket));
  }

  /** Knows the caller afterwards, or says why there is none; `data` is what the client's `connect_error` carries. */
  private async refusalOf(socket: DeviceSocket): Promise<Error | undefined> {
    try {
      const { token } = socket.handshake.auth as { token?: unknown };
      if (typeof token !== 'string') throw new Fault('session.required', { wanted: 'auth: { token }' });
      const caller = await this.access.authenticate({ token });
      if (!caller.tokenScopes.some((scope) => scope === 'positions' || scope === 'import'))
        throw new Fault('scope.denied', { seen: caller.tokenScopes, wanted: ['positions'] });
      socket.data.caller = caller;
      return undefined;
    } catch (error) {
      const { code, detail } = toFault(error);
      return Object.assign(new Error(code), { data: { code, detail } });
    }
  }

  private async answer(caller: Caller, args: readonly unknown[]): Promise<void> {
    const ack = args.find((argument) => typeof argument === 'function') as Ack | undefined;
    try {
      const [batch] = args;
      const taken =
        batch instanceof Uint8Array
          ? await this.intake.takeBytes(caller, batch, 'socket')
          : await this.intake.takeReports(caller, batch, 'socket');
      ack?.({ ok: true, ...taken });
    } catch (error) {
      const fault = toFault(error);
      if (fault.code === 'internal') this.log.error('devices.bug', causeOf(error));
      ack?.(refusal(fault));
    }
  }
}

type Ack = (answer: Answer<FixesAnswer>) => void;
