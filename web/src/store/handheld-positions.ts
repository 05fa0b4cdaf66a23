import { FIX_HANDHELD_PAST_MS, type Id, MAX_ACCURACY_M } from '@app/shared';
import type { FixApi, FixBox, HandheldFix } from '../link/handheld-fixes.js';
import { isRefusal } from '../link/handheld-queue.js';

/**
 * `elsewhere`: the team has a device of its own that tells; `ended`: this machine was ended as a device; `withheld`: its
 * force releases no positions; `off-shift`: the server knows of no shift that is on.
 */
type Verdict = 'elsewhere' | 'ended' | 'withheld' | 'off-shift';

export interface PositionsState {
  /** The shift for which the crew has said yes. */
  readonly agreed: Id | null;
  readonly waiting: number;
  /** Whether nobody took what waits when it was told last. */
  readonly isFailing: boolean;
  /** Whether a position has been written down since the yes, or since the page was opened. */
  readonly isNoting: boolean;
  /** When the server had all that there was, ms since 1970. */
  readonly toldAt: number | null;
  readonly verdict: Verdict | null;
}

export interface PositionParts {
  readonly box: FixBox;
  readonly api: FixApi;
  readonly show: (part: Partial<PositionsState>) => void;
  /** The server's clock as far as this machine knows, ms since 1970. */
  readonly now: () => number;
}

/** Whose machine it is. */
export interface Teller {
  readonly account: Id;
  readonly team: Id;
}

/** Presence is judged from every fifth second. */
const LEAST_MS = 5_000;
const BATCH = 200;
/** So often it is asked anew whether the team has another source: a terminal may come and go. */
const ASK_AGAIN_MS = 600_000;

/** As which device an account tells here, or why as none, and when that was asked. */
interface Enrolled {
  readonly device: { readonly id: Id } | { readonly none: 'elsewhere' | 'ended' };
  readonly at: number;
}

interface Told {
  readonly accepted: number;
  readonly codes: readonly string[];
}

/**
 * Tells where a machine is while its crew has said yes to that. Written down first, told in batches, forgotten when the
 * server has it; under no other account, and of no other team than it was noted for.
 */
export class HandheldPositions {
  readonly #parts: PositionParts;
  readonly #enrolled = new Map<Id, Enrolled>();
  #notedAt = -Infinity;
  #running: Promise<void> | undefined;

  constructor(parts: PositionParts) {
    this.#parts = parts;
  }

  /** Shows what this machine knows of an account. */
  async open({ account }: Teller): Promise<void> {
    const { box, show } = this.#parts;
    this.#notedAt = -Infinity;
    const [agreed, waiting] = [await box.agreed(account), await box.count(account)];
    show({ agreed, waiting, isFailing: false, isNoting: false, toldAt: null, verdict: null });
  }

  /** Yes for one shift, or no: what waits is told no more, but for what is on its way. */
  async agree({ account }: Teller, shift: Id | null): Promise<void> {
    const { box, show } = this.#parts;
    this.#enrolled.delete(account);
    this.#notedAt = -Infinity;
    await box.agree(account, shift);
    const waiting = await box.count(account);
    show({ agreed: shift, waiting, isNoting: false, toldAt: null, verdict: null });
  }

  /** Writes down where the machine is, unless it just has, or does not know. */
  async note({ account, team }: Teller, place: Omit<HandheldFix, 'account' | 'team'>): Promise<void> {
    const { box, show } = this.#parts;
    const isKnown = (place.accuracyM ?? 0) <= MAX_ACCURACY_M;
    if (!isKnown || place.at - this.#notedAt < LEAST_MS) return;
    this.#notedAt = place.at;
    if (await box.add({ ...place, account, team }))
      show({ isNoting: true, waiting: await box.count(account) });
    else show({ agreed: null, isNoting: false, waiting: 0 });
  }

  /** Tells what waits; one at a time. What could not be told waits on. */
  flush(teller: Teller): Promise<void> {
    this.#running ??= this.#flush(teller).finally(() => (this.#running = undefined));
    return this.#running;
  }

  async #flush(teller: Teller): Promise<void> {
    const { box, show, now } = this.#parts;
    const { account } = teller;
    // It is not believed any longer.
    await box.forgetBefore(now() - FIX_HANDHELD_PAST_MS);
    try {
      while (await this.#tellNext(teller));
      show({ isFailing: false });
    } catch {
      // Nobody answered, or not as hoped: it waits, and the next round tells it.
      show({ isFailing: true });
    }
    show({ waiting: await box.count(account) });
  }

  /** Whether a batch is done with, and there may be another. */
  async #tellNext({ account, team }: Teller): Promise<boolean> {
    const { box } = this.#parts;
    const isOwn = (fix: HandheldFix) => fix.team === team;
    const waiting = await box.oldest(account, BATCH);
    const device = waiting.some(isOwn) ? await this.#deviceOf(account) : undefined;
    // Read anew: a no that came meanwhile has forgotten them.
    const fixes = device === undefined ? waiting : await box.oldest(account, BATCH);
    const last = fixes.at(-1);
    if (!last) return false;
    const own = fixes.filter(isOwn);
    if (device !== undefined && own.length > 0 && !(await this.#tell(account, device, own))) return false;
    await box.drop(account, last.at);
    return true;
  }

  /** Whether the server has them, or nobody wants them. */
  async #tell(account: Id, device: Enrolled['device'], own: readonly HandheldFix[]): Promise<boolean> {
    const { show, now } = this.#parts;
    if ('none' in device) {
      show({ verdict: device.none });
      return true;
    }
    const { accepted, codes } = await this.#told(account, device.id, own);
    if (codes.includes('device.unknown')) {
      this.#enrolled.delete(account);
      return false;
    }
    show({ verdict: verdictOf({ accepted, codes }) });
    if (accepted > 0) show({ toldAt: now() });
    return true;
  }

  async #deviceOf(account: Id): Promise<Enrolled['device']> {
    const known = this.#enrolled.get(account);
    const now = this.#parts.now();
    if (known && now - known.at < ASK_AGAIN_MS) return known.device;
    const device = await this.#enrol(account);
    this.#enrolled.set(account, { device, at: now });
    return device;
  }

  async #enrol(account: Id): Promise<Enrolled['device']> {
    try {
      const id = await this.#parts.api.enrol(account);
      return id === null ? { none: 'elsewhere' } : { id };
    } catch (fault) {
      if (isRefusal(fault) && fault.code === 'device.unknown') return { none: 'ended' };
      throw fault;
    }
  }

  /** What the server says of each; a batch that it refuses whole, and for good, is none to be told again. */
  async #told(account: Id, device: Id, fixes: readonly HandheldFix[]): Promise<Told> {
    try {
      const { accepted, rejected } = await this.#parts.api.tell(account, device, fixes);
      return { accepted, codes: rejected.map(({ code }) => code) };
    } catch (fault) {
      if (isRefusal(fault) && fault.status === 400) return { accepted: 0, codes: [fault.code] };
      throw fault;
    }
  }
}

function verdictOf({ accepted, codes }: Told): Verdict | null {
  if (codes.includes('position.withheld')) return 'withheld';
  return accepted === 0 && codes.includes('position.off-shift') ? 'off-shift' : null;
}
