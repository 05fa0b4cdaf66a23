import { Session } from '@app/shared';
import { Api } from '../client/api.js';
import { say } from '../client/say.js';
import { CityPicture } from './city-picture.js';
import { DrillPlayer } from './drill-player.js';
import { Fleet } from './fleet.js';
import { LiveLink } from './live-link.js';
import { makeTeams } from './load-teams.js';
import { NearestRoad } from './nearest-road.js';
import { PatrolDesk } from './patrol-desk.js';
import { PositionFeed } from './position-feed.js';
import { randomFrom } from './random.js';
import { provideTerminals } from './provide-terminals.js';
import { type City, readCity, readTeams } from './read-city.js';
import { Reporter } from './reporter.js';
import { roadGraph } from './road-graph.js';
import { Roster } from './roster.js';
import type { SimulatorSettings } from './settings.js';
import { Spots } from './spots.js';
import { Staff } from './staff.js';
import { TerminalFeed } from './terminal-feed.js';

const TICK_MS = 1_000;
/** Longer than this between two ticks (a sleeping laptop) and the teams do not catch up: they stood still. */
const LONGEST_STEP_S = 5;
const LOOK_FOR_TEAMS_MS = 30_000;

/**
 * A living city, played through the public doors. In: the journal of the whole city. Out: positions, reports, steps,
 * changes of shift. Never: a step on what a person has touched; anything but positions, and drills that were asked
 * for, while a person drives.
 */
export async function simulate(settings: SimulatorSettings, stop: AbortSignal): Promise<void> {
  const { url, secret, seed, teams, jt808 } = settings;
  const api = new Api(url, stop);
  const signIn = async () => {
    await api.post('/session', { account: 'simulator', password: secret }, Session);
  };
  await signIn();
  api.renew = signIn;
  if (teams > 0) await makeTeams(url, teams, randomFrom(seed).fork('load'), stop);

  const city = await readCity(api);
  const http = new PositionFeed(api, Math.max(2, Math.ceil(teams / 2_000)));
  const terminals = jt808 > 0 ? new TerminalFeed(await provideTerminals(url, stop), http) : undefined;
  const play = new Play(api, city, settings, terminals ?? http);
  await play.meetTeams();
  play.tellCast();
  const entrance = { url, scope: city.root, headers: () => api.handshake, signIn };
  const link = new LiveLink(entrance, play.picture, stop, () => play.steer());
  const timer = setInterval(() => play.tick(link.isJoined), TICK_MS);
  try {
    await Promise.all([link.run(), terminals?.run(new URL(url).hostname, jt808, stop)]);
  } finally {
    clearInterval(timer);
  }
}

/** Everybody who plays, moved on once a second. */
class Play {
  readonly picture = new CityPicture();
  readonly #fleet: Fleet;
  readonly #reporter: Reporter;
  readonly #staff: Staff;
  readonly #roster: Roster;
  readonly #patrols: PatrolDesk;
  readonly #drills: DrillPlayer;
  #tickedAt = Date.now();
  #askedAt = Date.now();
  #driver = '';

  constructor(
    private readonly api: Api,
    private readonly city: City,
    private readonly settings: SimulatorSettings,
    private readonly feed: Pick<PositionFeed, 'send'>,
  ) {
    const { seed, rate, pace } = settings;
    const { roads, grids, centres, timeZone } = city;
    const random = randomFrom(seed);
    const graph = roadGraph(roads);
    const spots = new Spots(grids, graph, centres);
    this.#fleet = new Fleet({ graph, nearest: new NearestRoad(graph) }, centres, random.fork('teams'));
    this.#reporter = new Reporter(api, spots, random.fork('incidents'), { timeZone, rate }, Date.now());
    const speed = { pace, stepsPerSecond: Math.ceil(2 * rate) };
    this.#staff = new Staff(api, this.picture, this.#fleet, this.#reporter.haste, speed);
    this.#roster = new Roster(api, this.picture, this.#fleet, timeZone);
    const streets = { graph, random: random.fork('patrols') };
    this.#patrols = new PatrolDesk(api, this.picture, this.#fleet, streets);
    this.#drills = new DrillPlayer(api);
  }

  async meetTeams(): Promise<void> {
    for (const team of await readTeams(this.api)) this.#fleet.add(team);
  }

  tellCast(): void {
    const { seed, rate, pace } = this.settings;
    const { centres, grids } = this.city;
    say('city.read', {
      centres: centres.length,
      grids: grids.length,
      teams: this.#fleet.size,
      seed,
      rate,
      pace,
    });
  }

  /** Gives the teams the goals that follow from the picture. */
  steer(): void {
    this.#fleet.steer(this.picture, Date.now());
  }

  tick(isSeen: boolean): void {
    const now = Date.now();
    const seconds = Math.min(LONGEST_STEP_S, (now - this.#tickedAt) / 1000);
    this.#tickedAt = now;
    this.#fleet.steer(this.picture, now);
    this.feed.send(this.#fleet.tick(now, seconds));
    // Whoever does not see the city does not act in it.
    if (!isSeen) return;
    this.#tellDriver();
    this.#drills.tick(this.picture.drive?.drill, now);
    this.#reporter.tick(this.picture, now);
    this.#staff.tick(now);
    this.#roster.tick(now);
    this.#patrols.tick(now);
    this.#lookForTeams(now);
  }

  #tellDriver(): void {
    const driver = this.picture.drive?.driver ?? this.#driver;
    if (driver !== this.#driver) say('drive', { driver });
    this.#driver = driver;
  }

  /** Teams that were made since the start get a driver as soon as they have a device. */
  #lookForTeams(now: number): void {
    if (now - this.#askedAt < LOOK_FOR_TEAMS_MS) return;
    this.#askedAt = now;
    if ([...this.picture.teams.keys()].some((id) => !this.#fleet.has(id)))
      void this.meetTeams().catch(() => undefined);
  }
}
