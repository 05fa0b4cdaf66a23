import { Session } from '@app/shared';
import { Api } from '../client/api.js';
import { say } from '../client/say.js';
import { CityPicture } from './city-picture.js';
import { DrillPlayer } from './drill-player.js';
import { Fleet } from './fleet.js';
import { LiveLink } from './live-link.js';
import { makeTeams } from './load-teams.js';
import { NearestRoad } from './nearest-road.js';
import { PositionFeed } from './position-feed.js';
import { randomFrom } from './random.js';
import { readCity, readTeams } from './read-city.js';
import { Reporter } from './reporter.js';
import { roadGraph } from './road-graph.js';
import { Roster } from './roster.js';
import type { SimulatorSettings } from './settings.js';
import { Spots } from './spots.js';
import { Staff } from './staff.js';

const TICK_MS = 1_000;
/** Longer than this between two ticks (a sleeping laptop) and the teams do not catch up: they stood still. */
const LONGEST_STEP_S = 5;
const LOOK_FOR_TEAMS_MS = 30_000;

/**
 * A living city, played through the public doors. In: the journal of the whole city. Out: positions, reports, steps,
 * changes of shift. Never: a step on what a person has touched; anything but positions while a person drives.
 */
export async function simulate(settings: SimulatorSettings, stop: AbortSignal): Promise<void> {
  const { url, secret, seed, rate, pace } = settings;
  const random = randomFrom(seed);
  const api = new Api(url, stop);
  const signIn = async () => {
    await api.post('/session', { account: 'simulator', password: secret }, Session);
  };
  await signIn();
  api.renew = signIn;
  if (settings.teams > 0) await makeTeams(url, settings.teams, random.fork('load'), stop);

  const city = await readCity(api);
  const graph = roadGraph(city.roads);
  const fleet = new Fleet({ graph, nearest: new NearestRoad(graph) }, city.centres, random.fork('teams'));
  const picture = new CityPicture();
  const meetTeams = async () => {
    for (const team of await readTeams(api)) fleet.add(team);
  };
  await meetTeams();
  say('city.read', {
    centres: city.centres.length,
    crossings: graph.places.length,
    teams: fleet.size,
    seed,
    rate,
  });

  const spots = new Spots(city.grids, graph, city.centres);
  const { timeZone } = city;
  const reporter = new Reporter(api, spots, random.fork('incidents'), { timeZone, rate }, Date.now());
  const staff = new Staff(api, picture, fleet, reporter.haste, { pace, stepsPerSecond: Math.ceil(2 * rate) });
  const roster = new Roster(api, picture, fleet, timeZone);
  const drills = new DrillPlayer(api);
  const feed = new PositionFeed(api, Math.max(2, Math.ceil(fleet.size / 2_000)));

  const changed = () => fleet.steer(picture, Date.now());
  const entrance = { url, scope: city.root, headers: () => api.handshake, signIn };
  const link = new LiveLink(entrance, picture, stop, changed);
  let [before, askedAt, driver] = [Date.now(), Date.now(), ''];

  function tick(): void {
    const now = Date.now();
    fleet.steer(picture, now);
    feed.send(fleet.tick(now, Math.min(LONGEST_STEP_S, (now - before) / 1000)));
    before = now;
    // Whoever does not see the city does not act in it.
    if (!link.isJoined) return;
    if (picture.drive && picture.drive.driver !== driver) {
      driver = picture.drive.driver;
      say('drive', { driver });
    }
    drills.tick(picture.drive?.drill, now);
    reporter.tick(picture, now);
    staff.tick(now);
    roster.tick(now);
    if (now - askedAt < LOOK_FOR_TEAMS_MS || [...picture.teams.keys()].every((id) => fleet.has(id))) return;
    askedAt = now;
    void meetTeams().catch(() => undefined);
  }

  const timer = setInterval(tick, TICK_MS);
  try {
    await link.run();
  } finally {
    clearInterval(timer);
  }
}
