import type { FixReport } from '@app/shared';
import { z } from 'zod';
import type { Api } from '../client/api.js';
import { Refused } from '../client/refused.js';
import { say } from '../client/say.js';

const Coded = z.array(z.object({ code: z.string() }));
const Taken = z.object({ accepted: z.number(), rejected: Coded, flagged: Coded });

/** Sends fixes as they come. The newest counts: what cannot be sent now is dropped, not kept for later. */
export class PositionFeed {
  #underWay = 0;
  #state = 'silent';

  constructor(
    private readonly api: Api,
    /** Batches under way at once, above which fixes are dropped. */
    private readonly most: number,
  ) {}

  send(batches: readonly FixReport[][]): void {
    for (const batch of batches) {
      if (this.#underWay >= this.most) {
        this.#tell('dropping');
        continue;
      }
      this.#underWay += 1;
      void this.#post(batch).finally(() => (this.#underWay -= 1));
    }
  }

  async #post(batch: FixReport[]): Promise<void> {
    try {
      const ask = { method: 'POST', path: '/positions', body: batch, tries: 1 } as const;
      const { rejected, flagged } = await this.api.ask(ask, Taken);
      const codes = [...new Set([...rejected, ...flagged].map(({ code }) => code))];
      this.#tell(codes.length > 0 ? `refusing ${codes.join(' ')}` : 'flowing');
    } catch (error) {
      this.#tell(`failing ${error instanceof Refused ? error.code : String(error)}`);
    }
  }

  #tell(state: string): void {
    if (state !== this.#state) say('positions', { state, before: this.#state });
    this.#state = state;
  }
}
