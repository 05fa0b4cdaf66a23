import { UseFilters } from '@nestjs/common';
import { Ack, ConnectedSocket, MessageBody, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { type Answer, Difference, type ScopeId } from '@app/shared';
import type { Counter } from 'prom-client';
import type { Socket } from 'socket.io';
import { Fault } from '../platform/fault.js';
import { Log } from '../platform/log.js';
import { Metrics } from '../platform/metrics.js';
import { SocketFaults } from './socket-faults.js';

interface DoubtData {
  readonly scopes: ReadonlyMap<ScopeId, unknown>;
}

/** Hears from screens whose picture was not the server's. There must be none: each is an error in log and metrics. */
@UseFilters(SocketFaults)
@WebSocketGateway({ namespace: '/live', transports: ['websocket'] })
export class DoubtGateway {
  readonly #counter: Counter;

  constructor(
    private readonly log: Log,
    metrics: Metrics,
  ) {
    this.#counter = metrics.counter(
      'picture_differences_total',
      "Screens whose picture was not the server's.",
    );
  }

  @SubscribeMessage('difference')
  difference(
    @ConnectedSocket() { data }: { readonly data: Socket<never, never, never, DoubtData>['data'] },
    @MessageBody({ schema: Difference }) difference: Difference,
    @Ack() reply: ((answer: Answer<object>) => void) | undefined,
  ): void {
    if (!data.scopes.has(difference.scope))
      throw new Fault('scope.denied', { scope: difference.scope, wanted: 'a joined scope' });
    this.#counter.inc();
    this.log.error('picture.differs', difference);
    reply?.({ ok: true });
  }
}
