import { Injectable } from '@nestjs/common';
import type { Deviation, Id, TeamId } from '@app/shared';
import { Database } from '../platform/database.js';
import { Fleet } from '../positions/fleet.js';
import type { AlertRow, DeviationSeen } from './alert.table.js';
import type { SilentTo } from './door-watch.js';
import { episodeKey, type Found } from './deviation-alert.rules.js';
import { type Contact, contactFrom, heard, held, listen, lostSince } from './lost-contact.rules.js';
import { devicesOf, fixesSince, type ListenedDevice, toldLate } from './patrol-fixes.query.js';
import {
  beginWatch,
  deviationsOf,
  patienceOf,
  rewind,
  type SeenFix,
  type TeamWatch,
  watchFix,
  watchSilence,
  type WatchTerms,
} from './team-watch.rules.js';
import { type Watched, WatchedTeams } from './watched-teams.js';

/** What is to be told after a look. */
export interface Findings {
  readonly found: readonly Found[];
  readonly over: readonly AlertRow[];
}

interface Looked extends Watched {
  readonly silentTo: SilentTo;
  readonly devices: readonly ListenedDevice[];
}
type Running = ReadonlyMap<string, DeviationSeen>;

/** Whoever begins to watch reads the tracks back as far as the longest rule asks, but no further than this. */
const LONGEST_BACK_MS = 2 * 3_600_000;
/** So far behind what has been read a fix is late: devices of one team do not speak in turns. */
const LATE_MS = 60_000;
/** A look goes so far behind the one before it: a commit takes its time. */
const SLACK_MS = 5_000;
/** Teams that are judged anew in one look, each from as much as two hours of fixes. */
const MOST_ANEW = 20;
/** Nobody was heard for so long: it was us who did not listen. */
const DEAF_MS = 60_000;

/**
 * Watches teams on shift by their stored fixes: one process at a time, which remembers streaks in memory and can build
 * them again from the tracks. What runs already is known from the alerts, so that nobody who takes over tells it again.
 */
@Injectable()
export class DeviationWatch {
  readonly #watches = new Map<TeamId, TeamWatch>();
  readonly #contacts = new Map<Id, Contact>();
  /** Teams of which fixes came late, not judged anew yet; and up to when that is known, ms since 1970. */
  readonly #late = new Set<TeamId>();
  #lookedAt: number | undefined;
  /** Silence before this counts for nothing, ms since 1970. */
  #listensFrom: number | undefined;

  constructor(
    private readonly watched: WatchedTeams,
    private readonly fleet: Fleet,
    private readonly database: Database,
  ) {}

  /** Remembers nothing: somebody else may have watched meanwhile. */
  forget(): void {
    this.#watches.clear();
    this.#contacts.clear();
    this.#late.clear();
    this.#lookedAt = undefined;
    this.#listensFrom = undefined;
  }

  /** Looks once. `running`: alerts of episodes that are not over; `silentTo`: of doors. `now` in ms since 1970. */
  async look(running: readonly AlertRow[], silentTo: SilentTo, now: number): Promise<Findings> {
    const teams = await this.watched.read();
    const ids = teams.map(({ team }) => team.id);
    const devices = byTeam(await devicesOf(this.database, ids));
    const open: Running = new Map(
      running.flatMap(({ deviation }) => (deviation ? [[keyOf(deviation), deviation]] : [])),
    );
    this.#listensFrom ??= this.#heardLately(now) ? 0 : now;
    const looked = teams.map((watched): Looked => ({
      ...watched,
      devices: devices.get(watched.team.id) ?? [],
      silentTo,
    }));
    await this.#rewindLate(looked, open, now);
    const since = looked.map((one) => ({ team: one.team.id, at: this.#watchOf(one, open, now).readTo }));
    const fixes = await fixesSince(this.database, since, now);
    const found = looked.flatMap((one) => [
      ...this.#judge(one, fixes.get(one.team.id) ?? [], open, now),
      ...this.#listen(one, open, now),
    ]);
    this.#drop(looked);
    const standing = new Set(found.map(({ team, kind, device }) => episodeKey(team.id, kind, device)));
    return {
      found: found.filter(({ team, kind, device }) => !open.has(episodeKey(team.id, kind, device))),
      over: running.filter(({ deviation }) => deviation && !standing.has(keyOf(deviation))),
    };
  }

  /** Whoever told something late is judged again from what is stored: what that disproves is over. */
  async #rewindLate(looked: readonly Looked[], open: Running, now: number): Promise<void> {
    if (this.#lookedAt !== undefined) {
      const before = looked.flatMap(({ team }) => {
        const watch = this.#watches.get(team.id);
        return watch ? [{ team: team.id, at: watch.readTo - LATE_MS }] : [];
      });
      const span = { receivedFrom: this.#lookedAt - SLACK_MS, observedFrom: now - LONGEST_BACK_MS };
      for (const team of await toldLate(this.database, before, span)) this.#late.add(team);
    }
    this.#lookedAt = now;
    const anew = looked.filter(({ team }) => this.#late.has(team.id)).slice(0, MOST_ANEW);
    for (const one of anew) {
      this.#late.delete(one.team.id);
      this.#watches.set(one.team.id, rewind(this.#watchOf(one, open, now), this.#anewFrom(one, open, now)));
    }
  }

  /** As far back as what runs began, and as the rules ask. */
  #anewFrom({ team, startedAt, terms }: Looked, open: Running, now: number): number {
    const began = [...open.values()].flatMap(({ team: of, from }) =>
      of === team.id ? [from - LATE_MS] : [],
    );
    const from = Math.max(now - LONGEST_BACK_MS, Math.min(now - backMs(terms), ...began));
    return Math.max(startedAt, team.statusAt, from);
  }

  #heardLately(now: number): boolean {
    for (const { receivedAt } of this.fleet) if (now - receivedAt < DEAF_MS) return true;
    return false;
  }

  /** The watch of a team; one that nobody has kept begins where the tracks still tell what the rules ask for. */
  #watchOf({ team, startedAt, terms }: Looked, open: Running, now: number): TeamWatch {
    const kept = this.#watches.get(team.id);
    if (kept) return kept;
    const known: Partial<Record<Deviation, number>> = {};
    for (const { kind, team: of, from } of open.values()) if (of === team.id) known[kind] = from;
    const watch = beginWatch(Math.max(startedAt, team.statusAt, now - backMs(terms)), known);
    if (known['lost-contact'] !== undefined) return watch;
    const spokeAt = this.fleet.get(team.id)?.observedAt ?? 0;
    return { ...watch, contact: contactFrom(Math.max(startedAt, spokeAt, this.#listensFrom ?? 0)) };
  }

  #judge(one: Looked, fixes: readonly SeenFix[], open: Running, now: number): Found[] {
    const { team, asks, devices } = one;
    const terms = devices.length > 0 ? one.terms : unheard(one.terms);
    let watch = this.#watchOf(one, open, now);
    // Before it had a device there was nobody to be heard.
    const madeAt = Math.min(...devices.map(({ createdAt }) => createdAt));
    if (devices.length > 0) watch = { ...watch, contact: heard(watch.contact, madeAt) };
    for (const fix of fixes) watch = watchFix(watch, fix, terms);
    watch = { ...watch, contact: held(watch.contact, silentToOf(one)) };
    watch = watchSilence(watch, now, terms);
    this.#watches.set(team.id, watch);
    return (Object.entries(deviationsOf(watch)) as [Deviation, number][]).flatMap(([kind, from]) => {
      const rule = terms.rules[kind];
      return rule ? [{ kind, team, from, rule, ...(asks && { asks }) }] : [];
    });
  }

  /** Silent devices of a team that is heard by others, or may not be listened to: one of which nothing is heard is lost. */
  #listen({ team, startedAt, terms, asks, devices, silentTo }: Looked, open: Running, now: number): Found[] {
    const rule = terms.rules['silent-device'];
    const patience = patienceOf(rule);
    if (!rule || !patience) return [];
    const isLost =
      terms.rules['lost-contact'] !== undefined && this.#watches.get(team.id)?.contact.lostFrom !== null;
    return devices.flatMap((device) => {
      const running = open.get(episodeKey(team.id, 'silent-device', device.id));
      const known = this.#contactOf(device, startedAt, running?.from);
      const contact = listen(held(known, device.door ? silentTo.get(device.door) : undefined), now, patience);
      this.#contacts.set(device.id, contact);
      // One that has spoken again is not told as silent now, when its whole team has just been found.
      const isNews = !isLost && contact.spokeFrom === null;
      if (contact.lostFrom === null || (!running && !isNews)) return [];
      const found = { kind: 'silent-device' as const, team, from: contact.lostFrom, rule, device: device.id };
      return [{ ...found, ...(asks && { asks }) }];
    });
  }

  #contactOf(
    { id, createdAt, seenAt }: ListenedDevice,
    startedAt: number,
    lostFrom: number | undefined,
  ): Contact {
    const from = Math.max(startedAt, createdAt, this.#listensFrom ?? 0);
    const known =
      this.#contacts.get(id) ?? (lostFrom === undefined ? contactFrom(from) : lostSince(lostFrom));
    return seenAt === null ? known : heard(known, seenAt);
  }

  #drop(looked: readonly Looked[]): void {
    const on = new Set(looked.map(({ team }) => team.id));
    const used = new Set(looked.flatMap(({ devices }) => devices.map(({ id }) => id)));
    for (const id of this.#watches.keys()) if (!on.has(id)) this.#watches.delete(id);
    for (const id of this.#late) if (!on.has(id)) this.#late.delete(id);
    for (const id of this.#contacts.keys()) if (!used.has(id)) this.#contacts.delete(id);
  }
}

const keyOf = ({ team, kind, device }: DeviationSeen): string => episodeKey(team, kind, device);

/** Until when the door was silent that a team was last heard through. */
function silentToOf({ devices, silentTo }: Looked): number | undefined {
  const last = devices.reduce<ListenedDevice | undefined>(
    (best, one) => ((one.seenAt ?? 0) > (best?.seenAt ?? 0) ? one : best),
    undefined,
  );
  return last?.door ? silentTo.get(last.door) : undefined;
}

/** A team without a device can neither be heard nor lost. */
function unheard(terms: WatchTerms): WatchTerms {
  const rules = { ...terms.rules };
  delete rules['lost-contact'];
  return { ...terms, rules };
}

const backMs = ({ rules }: WatchTerms): number =>
  Math.min(
    LONGEST_BACK_MS,
    Math.max(
      0,
      ...Object.values(rules).map(({ afterS, clearS }) => ((afterS ?? 0) + clearS) * 1_000 + DEAF_MS),
    ),
  );

function byTeam(devices: readonly ListenedDevice[]): Map<TeamId, ListenedDevice[]> {
  const teams = new Map<TeamId, ListenedDevice[]>();
  for (const device of devices) teams.set(device.team, [...(teams.get(device.team) ?? []), device]);
  return teams;
}
