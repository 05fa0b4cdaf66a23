import type { CentreId, Id, TeamId } from '@app/shared';
import type { EntityManager } from 'typeorm';
import type { DemoCity } from './city/demo-city.js';
import { demoGround } from './demo-ground.js';
import { type DemoPatrol, demoPatrols } from './demo-patrols.js';
import { demoTeams } from './demo-teams.js';
import { writeRows } from './load-city.js';
import type { Ground } from './simulator/road-course.js';

/** Teams that centres need at daily duty, by their keys. */
const NEEDS = { city: 14, xiongguan: 7, gangcheng: 4, suburb: 4 };

interface GroundOf {
  readonly ids: ReadonlyMap<string, CentreId>;
  readonly teams: readonly { readonly id: TeamId; readonly callSign: string }[];
  readonly mint: () => Id;
}

/** Beats, checkpoints, what each patrol visits, and how many teams each centre needs. Answers who patrols by plan. */
export async function writeGround(
  tx: EntityManager,
  city: DemoCity,
  roads: Ground,
  { ids, teams, mint }: GroundOf,
): Promise<ReadonlySet<TeamId>> {
  const ground = demoGround(city, roads);
  const beats = new Map(ground.beats.map(({ key }) => [key, mint()]));
  const points = new Map(ground.checkpoints.map(({ key }) => [key, mint()]));
  await writeRows(
    tx,
    INSERT_BEATS,
    ground.beats.map(({ key, polygon, ...beat }) => ({
      ...beat,
      id: beats.get(key),
      centre: ids.get(key),
      polygon: { type: 'Polygon', coordinates: [polygon] },
    })),
  );
  await writeRows(
    tx,
    INSERT_CHECKPOINTS,
    ground.checkpoints.map(({ key, beat, place: [lng, lat], ...point }) => ({
      ...point,
      id: points.get(key),
      centre: ids.get(beat),
      beat: beats.get(beat),
      lng,
      lat,
    })),
  );
  const patrols = demoPatrols(demoTeams(city.centres), ground, city.centres);
  const teamOf = ({ callSign }: DemoPatrol) => teams.find((team) => team.callSign === callSign)?.id ?? '';
  const plans = patrols.flatMap((patrol) =>
    patrol.plans.map((plan) => ({
      ...plan,
      id: mint(),
      team: teamOf(patrol),
      beats: plan.beats.map((key) => beats.get(key)),
      checkpoints: plan.checkpoints.map((key) => points.get(key)),
    })),
  );
  await writeRows(tx, INSERT_PLANS, plans);
  const posts = patrols.flatMap((patrol) => {
    const at = ground.checkpoints.find(({ key }) => key === patrol.post);
    if (!at) return [];
    return [{ id: teamOf(patrol), post: { place: at.names.hans, lng: at.place[0], lat: at.place[1] } }];
  });
  await writeRows(tx, SET_POSTS, posts);
  const needs = Object.entries(NEEDS).map(([key, count]) => ({ centre: ids.get(key), teams: count }));
  await writeRows(tx, INSERT_NEEDS, needs);
  return new Set(patrols.map(teamOf));
}

const INSERT_BEATS = `
  insert into beat (id, centre, names, ring, polygon, version)
  select id, centre, names, ring, polygon, 1
    from jsonb_to_recordset($1::jsonb) as b(id uuid, centre uuid, names jsonb, ring text, polygon jsonb)`;

const INSERT_CHECKPOINTS = `
  insert into patrol_checkpoint (id, centre, beat, names, lng, lat, radius_m, dwell_s, visits, windows, forces, kind, version)
  select id, centre, beat, names, lng, lat, "radiusM", "dwellS", visits, windows, forces, kind, 1
    from jsonb_to_recordset($1::jsonb) as c(id uuid, kind text, centre uuid, beat uuid, names jsonb, lng float8, lat float8,
         "radiusM" int, "dwellS" int, visits jsonb, windows jsonb, forces text[])`;

const INSERT_PLANS = `
  insert into patrol_plan (id, team, level, visit_order, beats, checkpoints, version)
  select id, team, level, "order", beats, checkpoints, 1
    from jsonb_to_recordset($1::jsonb) as p(id uuid, team uuid, level smallint, "order" text, beats uuid[],
         checkpoints uuid[])`;

const SET_POSTS = `
  update team set post = p.post from jsonb_to_recordset($1::jsonb) as p(id uuid, post jsonb) where team.id = p.id`;

const INSERT_NEEDS = `
  insert into patrol_need (centre, teams)
  select centre, teams from jsonb_to_recordset($1::jsonb) as n(centre uuid, teams int)`;
