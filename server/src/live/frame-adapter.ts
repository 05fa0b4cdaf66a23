import type { Namespace, Socket } from 'socket.io';
import { Adapter, type Room, type SocketId } from 'socket.io-adapter';
import { binaryEvent } from './ws-bytes.js';

/** What one tick says to a room. `whole` is the same state for a screen that does not hold the tick before. */
export interface RoomFrame {
  readonly tick: number;
  readonly bytes: Uint8Array;
  readonly isKeyframe: boolean;
  readonly whole: () => Uint8Array;
}

/** The event that frames are, and how the gateway says one by Socket.IO alone; true when it did. */
export interface WayOut {
  readonly event: string;
  readonly say: (socket: Socket, bytes: Uint8Array) => boolean;
}

export interface Greeting {
  readonly whole: { readonly tick: number; readonly bytes: Uint8Array };
  readonly event: string;
}

/** So many sockets are written to before others may have their turn; about a millisecond of small frames. */
const SLICE = 32;
/** Packets that may wait in the engine's queue before a frame: a roster, an entry, a pulse of the same turn. */
const QUEUE = 8;

/** The internals of engine.io and ws that a frame's way out touches; `tests/contract` holds them to it. */
interface Engine {
  readonly readyState: string;
  readonly writeBuffer: readonly unknown[];
  readonly transport: {
    readonly name: string;
    readonly writable: boolean;
    readonly socket?: {
      readonly bufferedAmount: number;
      readonly ['_socket']?: { cork?(): void; uncork?(): void };
      readonly ['_sender']?: { sendFrame?(list: readonly Buffer[], sent?: () => void): void };
    };
  };
  write(data: string, options: object): void;
}

/**
 * The rooms of screens, with a way out for position frames that costs little more than the system call: the bytes of
 * one event are made once and written to every socket as they are. A socket that has not taken what it was sent gets
 * nothing, and the whole state once it has: so a stalled screen holds one frame and costs the others nothing. Where
 * the engine is another than we know, keyframes go as ordinary events.
 */
export class FrameAdapter extends Adapter {
  /** The tick that a socket of a room holds; none: it needs the whole state. */
  readonly #held = new Map<Room, Map<SocketId, number>>();
  /** The last state that newcomers of a room were told, with the bytes that tell it. */
  readonly #greetings = new Map<Room, { readonly of: Uint8Array; readonly bytes: Buffer }>();

  /** Says a frame to the sockets of a room, a few at each step of the iteration. */
  *sendFrame(room: Room, frame: RoomFrame, { event, say }: WayOut): Iterable<void> {
    const members = this.rooms.get(room);
    if (!members) return;
    const { name, sockets } = this.nsp as Namespace;
    const held = this.#heldIn(room);
    const bytes = once(() => binaryEvent(name, event, frame.bytes));
    const whole = once(() => (frame.isKeyframe ? bytes() : binaryEvent(name, event, frame.whole())));
    let count = 0;
    for (const id of members) {
      const socket = sockets.get(id);
      if (!socket || held.get(id) === frame.tick) continue;
      const isInStep = frame.isKeyframe || held.get(id) === (frame.tick - 1) >>> 0;
      const engine = engineOf(socket);
      const isTaken = isKnown(socket)
        ? write(engine, isInStep ? bytes : whole)
        : engine.writeBuffer.length <= QUEUE && say(socket, frame.whole());
      if (isTaken) held.set(id, frame.tick);
      else held.delete(id);
      if (++count % SLICE === 0) yield;
    }
  }

  /** Tells a newcomer of a room the state that its others hold, behind what it was told before. */
  greet(room: Room, socket: Socket, { whole: { tick, bytes }, event }: Greeting): void {
    if (!isKnown(socket)) return;
    let made = this.#greetings.get(room);
    if (made?.of !== bytes) {
      made = { of: bytes, bytes: binaryEvent(this.nsp.name, event, bytes) };
      this.#greetings.set(room, made);
    }
    const { transport, writeBuffer, readyState } = engineOf(socket);
    if (readyState !== 'open') return;
    // What was said before is with the WebSocket by now, unless the engine still queues it.
    if (writeBuffer.length === 0) transport.socket?.['_sender']?.sendFrame?.([made.bytes]);
    else engineOf(socket).write('', { wsPreEncodedFrame: [made.bytes] });
    this.#heldIn(room).set(socket.id, tick);
  }

  /** The socket gets the whole state with the next frame of the room. */
  forget(room: Room, id: SocketId): void {
    this.#held.get(room)?.delete(id);
  }

  override del(id: SocketId, room: Room): void {
    void super.del(id, room);
    this.#drop(id, room);
  }

  override delAll(id: SocketId): void {
    const rooms = [...(this.sids.get(id) ?? [])];
    super.delAll(id);
    for (const room of rooms) this.#drop(id, room);
  }

  #drop(id: SocketId, room: Room): void {
    this.forget(room, id);
    if (this.#held.get(room)?.size === 0) this.#held.delete(room);
    if (!this.rooms.has(room)) this.#greetings.delete(room);
  }

  #heldIn(room: Room): Map<SocketId, number> {
    let held = this.#held.get(room);
    if (!held) this.#held.set(room, (held = new Map()));
    return held;
  }
}

/** What is said to a socket meanwhile goes out in one write: an answer and the frame behind it cost one system call. */
export function inOneWrite(socket: Socket, say: () => void): void {
  const tcp = engineOf(socket).transport.socket?.['_socket'];
  tcp?.cork?.();
  try {
    say();
  } finally {
    tcp?.uncork?.();
  }
}

const engineOf = (socket: Socket): Engine => socket.conn as unknown as Engine;

/** Whether the socket's engine is the one whose internals we write to. */
export function isKnown(socket: Socket): boolean {
  const { transport, writeBuffer } = engineOf(socket);
  return (
    transport.name === 'websocket' &&
    Array.isArray(writeBuffer) &&
    typeof transport.socket?.bufferedAmount === 'number' &&
    typeof transport.socket['_sender']?.sendFrame === 'function'
  );
}

/** Hands the bytes over; false when the socket still owes us the reading of earlier ones. */
function write(engine: Engine, bytes: () => Buffer): boolean {
  const { transport, writeBuffer, readyState } = engine;
  if (readyState !== 'open' || !transport.socket || transport.socket.bufferedAmount > 0) return false;
  if (writeBuffer.length > QUEUE) return false;
  // Past the queue only when it is empty: what was said before must arrive before.
  if (transport.writable && writeBuffer.length === 0) transport.socket['_sender']?.sendFrame?.([bytes()]);
  else engine.write('', { wsPreEncodedFrame: [bytes()] });
  return true;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
