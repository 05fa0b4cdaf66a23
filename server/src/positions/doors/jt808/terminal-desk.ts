import { Injectable } from '@nestjs/common';
import type { Id } from '@app/shared';
import { Access } from '../../../access/access.js';
import type { Caller } from '../../../access/caller.js';
import { Fault } from '../../../platform/fault.js';
import { DeviceBook, type KnownDevice } from '../../../teams/device-book.js';
import { DeviceSeen } from '../../../teams/device-seen.js';
import { EmergencyButton } from '../../../teams/emergency-button.js';
import { type Enrolment, EnrolTerminal } from '../../../teams/enrol-terminal.js';
import { LinkTerminal } from '../../../teams/link-terminal.js';

/** A terminal that showed its code, on one connection. */
export interface Admitted {
  readonly device: KnownDevice;
  readonly caller: Caller;
  /** The connection's name, a UUIDv7: the later of two speaks for the device. */
  readonly link: Id;
  /** Whether its emergency button is held, as far as it told before. */
  readonly isPressed: boolean;
}

/** Finds out who a terminal is. */
@Injectable()
export class TerminalDesk {
  constructor(
    private readonly access: Access,
    private readonly book: DeviceBook,
    private readonly button: EmergencyButton,
    private readonly linkTerminal: LinkTerminal,
    private readonly enrolTerminal: EnrolTerminal,
    private readonly seen: DeviceSeen,
  ) {}

  /** A code for a terminal that was provided for, by its number. */
  async enrol(terminal: string, terminalId: string): Promise<Enrolment> {
    const device = await this.#find(terminal);
    return device ? this.enrolTerminal.run(device.id, terminalId) : 'unknown';
  }

  /** Lets a terminal in by its code, which must be that of the device with its number. */
  async admit(terminal: string, code: string): Promise<Admitted | undefined> {
    const device = await this.#find(terminal);
    const caller = device && (await this.#callerOf(code));
    if (!device || caller?.device !== device.id) return undefined;
    const link = await this.linkTerminal.run(device.id);
    return { device, caller, link, isPressed: await this.button.isPressed(device.id) };
  }

  /** The device as the book knows it now: its team and its datum may have changed since it was let in. */
  now(device: KnownDevice): KnownDevice {
    return this.book.find(device.id) ?? device;
  }

  /** It spoke, whatever it said. */
  noteSeen({ id }: KnownDevice): void {
    this.seen.note(id, 'jt808');
  }

  async #find(terminal: string): Promise<KnownDevice | undefined> {
    if (!this.book.findTerminal(terminal)) await this.book.refreshForUnknown();
    return this.book.findTerminal(terminal);
  }

  async #callerOf(token: string): Promise<Caller | undefined> {
    try {
      return await this.access.authenticate({ token });
    } catch (error) {
      if (error instanceof Fault && error.code === 'session.required') return undefined;
      throw error;
    }
  }
}
