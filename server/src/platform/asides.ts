import { Injectable } from '@nestjs/common';
import { type Aside, ASIDE_LIMIT_BYTES, type AsideSpeaker, type AsideWord, toInstant } from '@app/shared';
import { Bus } from './bus.js';
import { Clock } from './clock.js';
import { Fault } from './fault.js';

const TOPIC = 'aside';

/** Ephemeral words between colleagues of a scope, over all processes: newest wins per topic, never stored. */
@Injectable()
export class Asides {
  constructor(
    private readonly bus: Bus,
    private readonly clock: Clock,
  ) {}

  say({ scope, topic, data }: Aside, from?: AsideSpeaker): void {
    const told = { scope, topic, at: toInstant(this.clock.now()), data: data ?? null };
    const word: AsideWord = from ? { ...told, from } : told;
    const bytes = new TextEncoder().encode(JSON.stringify(word));
    if (bytes.length > ASIDE_LIMIT_BYTES)
      throw new Fault('wire.malformed', { seen: bytes.length, wanted: `at most ${ASIDE_LIMIT_BYTES} bytes` });
    this.bus.publish(TOPIC, bytes);
  }

  listen(listener: (word: AsideWord) => void): void {
    this.bus.subscribe(TOPIC, (bytes) => {
      const word = wordOf(bytes);
      if (word) listener(word);
    });
  }
}

/** Another version of the product may speak on the same bus: what is no word is passed over. */
function wordOf(bytes: Uint8Array): AsideWord | undefined {
  try {
    const said = JSON.parse(new TextDecoder().decode(bytes)) as Partial<AsideWord> | null;
    const { scope, topic, at, data, from } = said ?? {};
    if (typeof scope !== 'string' || typeof topic !== 'string' || typeof at !== 'string') return undefined;
    const word = { scope, topic, at, data: data ?? null };
    return from === undefined ? word : { ...word, from };
  } catch {
    return undefined;
  }
}
