import {
  EMERGENCY_BIT,
  emptyTerminalFix,
  JT808,
  JT808_REGISTERED,
  JT808_RESULT,
  type Jt808Result,
  PartsBox,
  readAnsweredSerial,
  readAuthentication,
  readFixes,
  readGeneralAnswer,
  readRegistration,
  readTerminalFix,
  readTerminalNumber,
  type TerminalFix,
  type TerminalFrame,
  writeRegisterAnswer,
  writeResend,
} from '@app/shared';
import type { KnownDevice } from '../../../teams/device-book.js';
import type { ButtonEdge, FixGatherer } from './fix-gatherer.js';
import type { Admitted } from './terminal-desk.js';
import type { LinkEnd, LinkListener, TerminalLink } from './terminal-link.js';

/** What a talk asks of the door, and tells it. */
export interface TalkHouse {
  readonly fixes: FixGatherer;
  now(): number;
  seen(device: KnownDevice): void;
  deviceNow(device: KnownDevice): KnownDevice;
  register(terminal: string, terminalId: string): Promise<{ code: string } | 'unknown' | 'taken'>;
  /** Undefined: not this terminal's code. Whether its button is held is asked with it. */
  admit(talk: TerminalTalk, terminal: string, code: string): Promise<{ isPressed: boolean } | undefined>;
  /** What was sent with this serial was answered. */
  answered(talk: TerminalTalk, serial: number, result: number): void;
  ended(talk: TerminalTalk, reason: LinkEnd | 'gone'): void;
}

/** Where the body of a message stands. */
interface Body {
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly end: number;
}

/** Messages before a terminal has shown its code, after which it is no terminal of ours. */
const MOST_UNKNOWN = 10;
const WITH_LOCATIONS: readonly number[] = [JT808.location, JT808.locationAnswer, JT808.locationBatch];

/** One for all talks: a location is read and handed on within one turn. */
const FIX: TerminalFix = emptyTerminalFix();

/**
 * What one terminal says on its connection, message by message: registration, authentication, then whatever it tells.
 * Every message is answered once, a location after its commit; what we do not know is answered as unsupported.
 */
export class TerminalTalk implements LinkListener {
  /** Who speaks, once it has shown its code; set by the roll. */
  admitted: Admitted | undefined;
  readonly #parts = new PartsBox();
  #terminal = '';
  #number: Uint8Array | undefined;
  #unknown = 0;
  #isPressed = false;
  #link: TerminalLink | undefined;

  constructor(private readonly house: TalkHouse) {}

  get link(): TerminalLink {
    if (!this.#link) throw new Error('a talk wants a link before it begins');
    return this.#link;
  }

  set link(link: TerminalLink) {
    this.#link = link;
  }

  onEnd(reason: LinkEnd | 'gone'): void {
    this.house.ended(this, reason);
  }

  onFrame(frame: TerminalFrame): void {
    if (!this.#isOurs(frame)) return this.link.end('refused');
    const { id, serial, encryption, total, bytes, bodyAt, bodyEnd } = frame;
    const isOpening = id === JT808.register || id === JT808.authenticate;
    if (encryption !== 0) return this.link.answer(serial, id, JT808_RESULT.unsupported);
    if (!this.admitted && !isOpening) return this.#refuseUnknown(serial, id);
    if (this.admitted) this.house.seen(this.admitted.device);
    if (total === 0) return this.#hear(serial, id, { bytes, from: bodyAt, end: bodyEnd });
    if (!WITH_LOCATIONS.includes(id)) return this.link.answer(serial, id, JT808_RESULT.unsupported);
    const whole = this.#parts.take(frame, this.house.now());
    if (whole === 'waiting') this.link.answer(serial, id, JT808_RESULT.ok);
    else if (whole === 'refused') this.link.answer(serial, id, JT808_RESULT.wrong);
    else this.#hear(serial, id, { bytes: whole, from: 0, end: whole.length });
  }

  /** Once a second: asks for sub-packages that did not come. */
  tick(): void {
    for (const { firstSerial, indices } of this.#parts.missing(this.house.now()))
      this.link.send(JT808.resendParts, writeResend(firstSerial, indices, this.link.is2019));
  }

  /** A connection speaks for one terminal: the one that its first frame names. */
  #isOurs({ bytes, numberAt, numberEnd, is2019 }: TerminalFrame): boolean {
    const held = this.#number;
    if (held) {
      if (held.length !== numberEnd - numberAt) return false;
      return held.every((byte, i) => byte === bytes[numberAt + i]);
    }
    const terminal = readTerminalNumber(bytes, numberAt, numberEnd);
    if (terminal === undefined) return false;
    this.#terminal = terminal;
    this.#number = bytes.slice(numberAt, numberEnd);
    this.link.address({ is2019, number: this.#number });
    return true;
  }

  #refuseUnknown(serial: number, id: number): void {
    this.link.answer(serial, id, JT808_RESULT.failed);
    if (++this.#unknown > MOST_UNKNOWN) this.link.end('unknown');
  }

  #hear(serial: number, id: number, body: Body): void {
    switch (id) {
      case JT808.register:
        return this.#register(serial, body);
      case JT808.authenticate:
        return this.#authenticate(serial, body);
      case JT808.heartbeat:
        return this.link.answer(serial, id, JT808_RESULT.ok);
      case JT808.logout:
        this.link.answer(serial, id, JT808_RESULT.ok);
        return this.link.end('logout');
      case JT808.location:
        return this.#locate(serial, id, body);
      case JT808.locationAnswer:
        this.#noteAnswer(readAnsweredSerial(body.bytes, body.from, body.end), JT808_RESULT.ok);
        return this.#locate(serial, id, { ...body, from: body.from + 2 });
      case JT808.locationBatch:
        return this.#locateMany(serial, id, body);
      case JT808.terminalAnswer:
        return this.#heardAnswer(body);
      default:
        return this.link.answer(serial, id, JT808_RESULT.unsupported);
    }
  }

  /** An answer is not answered. */
  #heardAnswer({ bytes, from, end }: Body): void {
    const answer = readGeneralAnswer(bytes, from, end);
    this.#noteAnswer(answer?.serial, answer?.result ?? JT808_RESULT.wrong);
  }

  #noteAnswer(serial: number | undefined, result: number): void {
    if (serial !== undefined) this.house.answered(this, serial, result);
  }

  #register(serial: number, { bytes, from, end }: Body): void {
    const registration = readRegistration(bytes, from, end, this.link.is2019);
    if (!registration) return this.link.answer(serial, JT808.register, JT808_RESULT.wrong);
    void this.#whileHeld(
      async () => {
        const enrolled = await this.house.register(this.#terminal, registration.terminalId);
        const { ok, noSuchTerminal, terminalTaken } = JT808_REGISTERED;
        const answer =
          typeof enrolled === 'object'
            ? writeRegisterAnswer(serial, ok, enrolled.code)
            : writeRegisterAnswer(serial, enrolled === 'taken' ? terminalTaken : noSuchTerminal);
        this.link.send(JT808.registerAnswer, answer);
        if (typeof enrolled !== 'object' && ++this.#unknown > MOST_UNKNOWN) this.link.end('unknown');
      },
      { serial, id: JT808.register },
    );
  }

  #authenticate(serial: number, { bytes, from, end }: Body): void {
    const code = readAuthentication(bytes, from, end, this.link.is2019);
    if (code === undefined) return this.link.answer(serial, JT808.authenticate, JT808_RESULT.wrong);
    void this.#whileHeld(
      async () => {
        const admitted = await this.house.admit(this, this.#terminal, code);
        this.#isPressed = admitted?.isPressed ?? false;
        this.link.answer(serial, JT808.authenticate, admitted ? JT808_RESULT.ok : JT808_RESULT.failed);
        if (!admitted && ++this.#unknown > MOST_UNKNOWN) this.link.end('unknown');
      },
      { serial, id: JT808.authenticate },
    );
  }

  /** What comes after it in the same bytes is heard when the answer is known. */
  async #whileHeld(work: () => Promise<void>, { serial, id }: { serial: number; id: number }): Promise<void> {
    this.link.hold();
    try {
      await work();
    } catch {
      this.link.answer(serial, id, JT808_RESULT.failed);
    } finally {
      this.link.release();
    }
  }

  #locate(serial: number, id: number, { bytes, from, end }: Body): void {
    const device = this.#device();
    if (!device || !readTerminalFix(bytes, from, end, FIX))
      return this.link.answer(serial, id, JT808_RESULT.wrong);
    const fix = this.#gather(device);
    const isPressed = (FIX.alarms & EMERGENCY_BIT) !== 0;
    const edges = isPressed === this.#isPressed ? [] : [this.#edgeOf(isPressed, fix)];
    if (fix === undefined && edges.length === 0)
      return this.link.answer(serial, id, FIX.isFixed ? JT808_RESULT.wrong : JT808_RESULT.ok);
    this.#isPressed = isPressed;
    this.#close(device, { serial, id, edges });
  }

  /** Locations from the past: a button that was pressed in one of them was pressed then. */
  #locateMany(serial: number, id: number, { bytes, from, end }: Body): void {
    const device = this.#device();
    const edges: ButtonEdge[] = [];
    let wasPressed = false;
    const isWhole =
      device !== undefined &&
      readFixes(bytes, from, end, (at, to) => {
        readTerminalFix(bytes, at, to, FIX);
        const fix = this.#gather(device);
        const isPressed = (FIX.alarms & EMERGENCY_BIT) !== 0;
        if (isPressed !== wasPressed) edges.push(this.#edgeOf(isPressed, fix));
        wasPressed = isPressed;
      });
    if (!isWhole) return this.link.answer(serial, id, JT808_RESULT.wrong);
    this.#close(device, { serial, id, edges });
  }

  #device(): KnownDevice | undefined {
    return this.admitted && this.house.deviceNow(this.admitted.device);
  }

  /** A terminal without satellites, or without a clock, tells no fix. */
  #gather(device: KnownDevice): number | undefined {
    return FIX.isFixed && !Number.isNaN(FIX.at) ? this.house.fixes.add(device, FIX) : undefined;
  }

  #edgeOf(isPressed: boolean, fix: number | undefined): ButtonEdge {
    return { isPressed, at: Number.isNaN(FIX.at) ? this.house.now() : FIX.at, fix: fix ?? -1 };
  }

  #close(
    device: KnownDevice,
    { serial, id, edges }: { serial: number; id: number; edges: readonly ButtonEdge[] },
  ): void {
    this.link.begin();
    const answer = (result: Jt808Result) => {
      // What was not recorded is new when it is told again.
      if (result === JT808_RESULT.failed && edges.length > 0) this.#isPressed = false;
      this.link.finish(serial, id, result);
    };
    this.house.fixes.close({ device, edges, answer });
  }
}
