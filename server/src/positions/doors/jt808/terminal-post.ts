import { Injectable } from '@nestjs/common';
import {
  type DeviceMessageDraft,
  type Id,
  JT808,
  MESSAGE_TONES,
  writeText,
  writeTracking,
} from '@app/shared';
import iconv from 'iconv-lite';
import { causeOf, Log } from '../../../platform/log.js';
import { DeviceMessageRepository } from '../../../teams/device-message.repository.js';
import type { TerminalRoll } from './terminal-roll.js';
import type { TerminalTalk } from './terminal-talk.js';

/**
 * Takes what waits for the terminals of this process down to them, and notes what they answer. A message is taken once: one
 * that was taken and never answered may or may not have been read.
 */
@Injectable()
export class TerminalPost {
  /** Messages that wait for an answer, by the serial that they were sent with. */
  readonly #sent = new WeakMap<TerminalTalk, Map<number, Id>>();
  #isAsking = false;

  constructor(
    private readonly messages: DeviceMessageRepository,
    private readonly log: Log,
  ) {}

  /** Looks once a second; never throws, never twice at a time. */
  async deliver(roll: TerminalRoll): Promise<void> {
    const devices = roll.devices();
    if (devices.length === 0 || this.#isAsking) return;
    this.#isAsking = true;
    try {
      for (const { id, device, draft } of await this.messages.takeWaiting(devices)) {
        const talk = roll.talkOf(device);
        if (talk) this.#send(talk, id, draft);
      }
    } catch (error) {
      this.log.warn('jt808.messages-not-taken', causeOf(error));
    } finally {
      this.#isAsking = false;
    }
  }

  answered(talk: TerminalTalk, serial: number, result: number): void {
    const sent = this.#sent.get(talk);
    const id = sent?.get(serial);
    if (!sent || id === undefined) return;
    sent.delete(serial);
    this.messages
      .noteAnswer(id, result)
      .catch((error: unknown) => this.log.warn('jt808.answer-not-noted', { error: causeOf(error).error }));
  }

  #send(talk: TerminalTalk, id: Id, draft: DeviceMessageDraft): void {
    const sent = this.#sent.get(talk) ?? new Map<number, Id>();
    this.#sent.set(talk, sent);
    sent.set(talk.link.send(...written(draft, talk.link.is2019)), id);
  }
}

function written(draft: DeviceMessageDraft, is2019: boolean): [id: number, body: Uint8Array] {
  switch (draft.kind) {
    case 'text': {
      const tone = draft.tone === undefined ? '' : MESSAGE_TONES[draft.tone];
      const gbk = iconv.encode(tone + draft.text, 'gbk');
      return [JT808.text, writeText(gbk, draft.urgent ?? false, is2019)];
    }
    case 'query':
      return [JT808.queryLocation, new Uint8Array(0)];
    case 'track':
      return [JT808.trackLocation, writeTracking(draft.everyS, draft.forS)];
  }
}
