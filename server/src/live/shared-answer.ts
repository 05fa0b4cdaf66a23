import { Encoder, type Packet, PacketType } from 'socket.io-parser';
import { frameHead } from './ws-bytes.js';

/**
 * One answer for many who ask the same: its JSON made once, and once the bytes that all of them are sent. On the wire
 * it is an ordinary acknowledgement in two WebSocket fragments: who is answered, and what.
 */
export class SharedAnswer {
  /** The answer as JSON, and the bracket that closes the packet. */
  readonly text: string;
  #fragment: Buffer | undefined;

  constructor(answer: object) {
    this.text = `${JSON.stringify(answer)}]`;
  }

  /** The closing fragment of every acknowledgement with this answer. */
  get fragment(): Buffer {
    if (!this.#fragment) {
      const bytes = Buffer.from(this.text);
      this.#fragment = Buffer.concat([frameHead('continuation', bytes.length), bytes]);
    }
    return this.#fragment;
  }
}

/** A shared answer with the acknowledgement that it is for; as text it is the whole packet. */
class Addressed {
  constructor(
    private readonly head: string,
    private readonly answer: SharedAnswer,
  ) {}

  /** The two fragments; the first says that this is a message of engine.io. */
  get fragments(): Buffer[] {
    const said = Buffer.from(`4${this.head}`);
    return [Buffer.concat([frameHead('text', said.length, false), said]), this.answer.fragment];
  }

  toString(): string {
    return this.head + this.answer.text;
  }
}

/** Socket.IO's own encoder, which leaves a shared answer as it is. */
export class SharingEncoder extends Encoder {
  override encode(packet: Packet): unknown[] {
    const answer: unknown = packet.type === PacketType.ACK ? (packet.data as unknown[])[0] : undefined;
    if (!(answer instanceof SharedAnswer)) return super.encode(packet);
    return [new Addressed(`${packet.type}${packet.nsp},${packet.id}[`, answer)];
  }
}

interface EnginePacket {
  data?: unknown;
  options?: object;
}

/** Enough for the scopes that come back at once; whoever asks for ever other things costs no more memory. */
const MOST_KEPT = 64;

/** Makes an engine send shared answers as their bytes; one that does not know how to sends them as text. */
export function shareAnswers(engine: {
  on(event: 'packetCreate', listener: (packet: EnginePacket) => void): unknown;
}): void {
  engine.on('packetCreate', (packet) => {
    const { data } = packet;
    if (data instanceof Addressed) packet.options = { ...packet.options, wsPreEncodedFrame: data.fragments };
  });
}

/** The answers of one moment, each made once; those of another moment are forgotten. */
export class SharedAnswers {
  #moment = '';
  readonly #made = new Map<string, { readonly about: unknown; readonly answer: SharedAnswer }>();

  /** The answer to whoever asks for `key` at `moment`, as long as it is about the same object. */
  of(moment: string, { key, about }: { key: string; about: unknown }, make: () => object): SharedAnswer {
    if (moment !== this.#moment || this.#made.size >= MOST_KEPT) this.#made.clear();
    this.#moment = moment;
    const made = this.#made.get(key);
    if (made && made.about === about) return made.answer;
    const answer = new SharedAnswer(make());
    this.#made.set(key, { about, answer });
    return answer;
  }
}
