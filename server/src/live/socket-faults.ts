import { type ArgumentsHost, Catch, type WsExceptionFilter } from '@nestjs/common';
import { toFault } from '../platform/http-faults.js';
import { causeOf, Log } from '../platform/log.js';
import { refusal } from '../platform/socket-requests.js';

/** Answers a socket request that failed: exactly once, through its ack, also when it was malformed. */
@Catch()
export class SocketFaults implements WsExceptionFilter {
  constructor(private readonly log: Log) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const fault = toFault(thrown);
    if (fault.code === 'internal') this.log.error('socket.bug', causeOf(thrown));
    const ack = host.getArgs<unknown[]>().find((argument) => typeof argument === 'function');
    if (typeof ack === 'function') ack(refusal(fault));
  }
}
