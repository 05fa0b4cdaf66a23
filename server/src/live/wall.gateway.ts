import { type BeforeApplicationShutdown, UseFilters } from '@nestjs/common';
import {
  Ack,
  ConnectedSocket,
  MessageBody,
  type OnGatewayDisconnect,
  type OnGatewayInit,
  SubscribeMessage,
  WebSocketGateway,
  WebSocketServer,
} from '@nestjs/websockets';
import {
  AskKeyframe,
  Aside,
  type Answer,
  Join,
  type Joined,
  type Lane,
  LANES,
  Leave,
  type Notice,
  PROTOCOL,
  type RosterForm,
  type ScopeId,
  type ScreenToServer,
  type ServerToScreen,
} from '@app/shared';
import type { Namespace, Socket } from 'socket.io';
import { Access } from '../access/access.js';
import type { Caller } from '../access/caller.js';
import { Asides } from '../platform/asides.js';
import { Fault } from '../platform/fault.js';
import { Health } from '../platform/health.js';
import { refuseUnknown } from '../platform/socket-requests.js';
import { AsideAudience } from './aside-audience.js';
import { FleetTicker } from './fleet-ticker.js';
import { FrameAdapter, inOneWrite, type WayOut } from './frame-adapter.js';
import { admit } from './handshake.js';
import { Rooms } from './rooms.js';
import { nobody } from './scope-roster.js';
import { type SharedAnswer, SharedAnswers } from './shared-answer.js';
import { shedSlow } from './slow-sockets.js';
import { SocketFaults } from './socket-faults.js';

interface ScreenData {
  caller: Caller;
  readonly scopes: Map<ScopeId, readonly Lane[]>;
}
type Screen = Socket<ScreenToServer, ServerToScreen, Record<string, never>, ScreenData>;
type Screens = Namespace<ScreenToServer, ServerToScreen, Record<string, never>, ScreenData>;
/** Undefined for a client that wants no answer. */
type Reply<T> = ((answer: Answer<T> | SharedAnswer) => void) | undefined;

const SHED_MS = 1_000;
const EVENTS = ['join', 'leave', 'keyframe', 'aside', 'difference'];
const POSITIONS: WayOut = { event: 'positions', say: (socket, bytes) => socket.emit('positions', bytes) };
type RoomKind = Lane | 'scope' | `roster-${RosterForm}`;
const ROOM_KINDS: readonly RoomKind[] = ['scope', ...LANES, 'roster-ids', 'roster-runs'];
const room = (kind: RoomKind, scope: ScopeId) => `${kind}:${scope}`;

/** The door out: the only file that emits to screens. Chains stand in rooms.ts, frames in fleet-ticker.ts. */
@UseFilters(SocketFaults)
@WebSocketGateway({ namespace: '/live', transports: ['websocket'] })
export class WallGateway implements OnGatewayInit, OnGatewayDisconnect, BeforeApplicationShutdown {
  @WebSocketServer() private readonly io!: Screens;
  private readonly answers = new SharedAnswers();
  private shedding: NodeJS.Timeout | undefined;

  constructor(
    private readonly access: Access,
    private readonly rooms: Rooms,
    private readonly fleet: FleetTicker,
    private readonly asides: Asides,
    private readonly audience: AsideAudience,
    private readonly health: Health,
  ) {}

  afterInit(io: Screens): void {
    admit(io, this.access, (socket, caller) => {
      socket.data = { caller, scopes: new Map() };
    });
    refuseUnknown(io, EVENTS);
    this.shedding = setInterval(() => shedSlow(io.sockets.values()), SHED_MS);
    this.rooms.speakThrough({
      journal: (batch) => io.to(room('journal', batch.scope)).emit('journal', batch),
      pulse: (pulse) => io.to(room('scope', pulse.scope)).emit('pulse', pulse),
      notice: (notice) => this.tell(notice),
    });
    this.fleet.speakThrough({
      frame: (scope, frame) => this.frames.sendFrame(room('positions', scope), frame, POSITIONS),
      roster: ({ roster, change }) => {
        const listeners = room('roster-ids', change.scope);
        // The whole list is long: not made for nobody.
        if (io.adapter.rooms.has(listeners)) io.to(listeners).emit('roster', roster.ids);
        io.to(room('roster-runs', change.scope)).emit('roster', change);
      },
    });
    this.asides.listen((word) => io.to(room('scope', word.scope)).emit('aside', word));
    this.access.onCut((credential, reason) => this.cut(credential, reason));
  }

  /** Joins a scope: everything between the read and the acknowledgement happens in one turn of the event loop. */
  @SubscribeMessage('join')
  async join(
    @ConnectedSocket() socket: Screen,
    @MessageBody({ schema: Join }) ask: Join,
    @Ack() reply: Reply<Joined>,
  ): Promise<void> {
    if (ask.protocol !== PROTOCOL) throw new Fault('wire.protocol', { seen: ask.protocol, wanted: PROTOCOL });
    if (this.health.draining) throw new Fault('wire.draining');
    const { caller } = socket.data;
    if (caller.via === 'token' && !caller.tokenScopes.includes('read'))
      throw new Fault('scope.denied', { seen: caller.tokenScopes, wanted: ['read'] });
    this.access.requireScope(caller, ask.scope);
    const { lanes = LANES, roster: form = 'ids' } = ask;
    const hasPositions = lanes.includes('positions');
    const backlog = await this.rooms.read(ask.scope, ask.cursor);
    if (!socket.connected) return;
    this.leaveScope(socket, ask.scope);
    const { where, mode, whole } = this.rooms.enter(ask.scope, backlog);
    socket.data.scopes.set(ask.scope, lanes);
    const kinds: RoomKind[] = ['scope', ...lanes];
    if (hasPositions) kinds.push(`roster-${form}`);
    void socket.join(kinds.map((kind) => room(kind, ask.scope)));
    const watched = hasPositions ? this.fleet.watch(ask.scope) : undefined;
    const roster = watched ?? nobody(ask.scope);
    const key = `${ask.scope} ${form} ${mode === 'resume' ? ask.cursor : ''}`;
    const moment = `${where.cursor} ${where.at}`;
    const answer = () => ({
      ok: true,
      ...whole(),
      roster: form === 'runs' ? roster.runsAt(where.cursor) : roster.ids,
    });
    // An older client may not be ready for a frame in the same breath; its first one comes with the next tick.
    const state = watched && form === 'runs' ? this.fleet.whole(ask.scope) : undefined;
    inOneWrite(socket, () => {
      reply?.(this.answers.of(moment, { key, about: watched }, answer));
      if (state)
        this.frames.greet(room('positions', ask.scope), socket, { whole: state, event: POSITIONS.event });
    });
  }

  @SubscribeMessage('leave')
  leave(
    @ConnectedSocket() socket: Screen,
    @MessageBody({ schema: Leave }) ask: Leave,
    @Ack() reply: Reply<object>,
  ): void {
    this.leaveScope(socket, ask.scope);
    reply?.({ ok: true });
  }

  @SubscribeMessage('keyframe')
  keyframe(
    @ConnectedSocket() socket: Screen,
    @MessageBody({ schema: AskKeyframe }) ask: AskKeyframe,
    @Ack() reply: Reply<object>,
  ): void {
    this.requireJoined(socket, ask.scope);
    this.frames.forget(room('positions', ask.scope), socket.id);
    reply?.({ ok: true });
  }

  @SubscribeMessage('aside')
  aside(
    @ConnectedSocket() socket: Screen,
    @MessageBody({ schema: Aside }) word: Aside,
    @Ack() reply: Reply<object>,
  ): void {
    this.requireJoined(socket, word.scope);
    const { role, via, name, centre } = socket.data.caller;
    if (role === 'display' || role === 'team' || via === 'token')
      throw new Fault('role.denied', { seen: via === 'token' ? 'token' : role, wanted: 'a person who acts' });
    for (const scope of this.audience.of(word.scope, word.topic))
      this.asides.say({ ...word, scope }, { name, role, centre });
    reply?.({ ok: true });
  }

  handleDisconnect(socket: Screen): void {
    for (const scope of socket.data.scopes?.keys() ?? []) this.forget(socket, scope);
  }

  beforeApplicationShutdown(): void {
    this.health.draining = true;
    clearInterval(this.shedding);
    this.tell({ code: 'draining' });
  }

  private get frames(): FrameAdapter {
    const { adapter } = this.io;
    if (!(adapter instanceof FrameAdapter)) throw new TypeError('the gateway wants a FrameAdapter');
    return adapter;
  }

  private tell(notice: Notice): void {
    if (notice.scope === undefined) this.io.emit('notice', notice);
    else this.io.to(room('scope', notice.scope)).emit('notice', notice);
  }

  /**
   * A credential that ended takes its screens with it; one whose person went away keeps its picture and is told; one
   * that changed must join again with its new scope.
   */
  private cut(credential: string, reason: 'signed-out' | 'locked' | 'rescoped'): void {
    for (const socket of this.io.sockets.values()) {
      if (socket.data.caller.credential !== credential || reason === 'locked') continue;
      socket.emit('notice', { code: reason === 'rescoped' ? 'scope-changed' : 'signed-out' });
      socket.disconnect(true);
    }
  }

  private requireJoined(socket: Screen, scope: ScopeId): void {
    if (!socket.data.scopes.has(scope)) throw new Fault('scope.denied', { scope, wanted: 'a joined scope' });
  }

  private leaveScope(socket: Screen, scope: ScopeId): void {
    if (!socket.data.scopes.has(scope)) return;
    this.forget(socket, scope);
    for (const kind of ROOM_KINDS) void socket.leave(room(kind, scope));
  }

  private forget(socket: Screen, scope: ScopeId): void {
    if (socket.data.scopes.get(scope)?.includes('positions')) this.fleet.unwatch(scope);
    socket.data.scopes.delete(scope);
    this.rooms.leave(scope);
  }
}
