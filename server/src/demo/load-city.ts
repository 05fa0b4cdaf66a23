import type { CentreId, Id, TeamId } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { CentreTree } from '../access/centre-tree.js';
import type { Draft } from '../journal/journal.js';
import { firstAbbreviation } from '../places/abbreviation.rules.js';
import { cardOf } from '../teams/team.rules.js';
import type { TeamRow } from '../teams/team.table.js';
import type { DemoCentre, DemoCity, Ring } from './city/demo-city.js';
import { demoTeams } from './demo-teams.js';
import { driveDraft } from './change-drive.js';

const CHUNK = 2_000;

/** Writes rows by one statement a chunk: `sql` reads them from `$1` as `jsonb_to_recordset`. */
export async function writeRows(tx: EntityManager, sql: string, rows: readonly object[]): Promise<void> {
  for (let from = 0; from < rows.length; from += CHUNK)
    await tx.query(sql, [JSON.stringify(rows.slice(from, from + CHUNK))]);
}

const polygon = (ring: Ring) => ({ type: 'Polygon', coordinates: [ring] });

function boxOf(ring: Ring): [number, number, number, number] {
  const lngs = ring.map(([lng]) => lng);
  const lats = ring.map(([, lat]) => lat);
  return [Math.min(...lngs), Math.min(...lats), Math.max(...lngs), Math.max(...lats)];
}

/** Centres, their areas, grids, key sites and the layers of the basemap. */
export async function writePlaces(
  tx: EntityManager,
  city: DemoCity,
  mint: () => Id,
): Promise<Map<string, CentreId>> {
  const ids = new Map(city.centres.map(({ key }) => [key, mint()]));
  const idOf = (key: string) => ids.get(key) ?? '';
  const taken = new Set<string>();
  const abbreviate = (name: string) => {
    const word = firstAbbreviation(name, (one) => taken.has(one));
    taken.add(word);
    return word;
  };
  await writeRows(
    tx,
    `insert into centre (id, parent, level, kind, code, names, aliases, abbreviation, anchor, bbox, sort)
     select id, parent, level, kind, code, names, aliases, abbreviation, anchor, bbox, sort
       from jsonb_to_recordset($1::jsonb) as c(id uuid, parent uuid, level text, kind text, code text, names jsonb,
            aliases text[], abbreviation text, anchor float8[], bbox float8[], sort int)`,
    city.centres.map(({ key, parent, polygon: ring, ...centre }, sort) => ({
      ...centre,
      id: idOf(key),
      parent: parent === null ? null : idOf(parent),
      abbreviation: parent === null ? null : abbreviate(centre.names.hans),
      bbox: boxOf(ring),
      sort,
    })),
  );
  await tx.query(
    `insert into centre_abbreviation (word, centre)
     select abbreviation, id from centre where abbreviation is not null`,
  );
  await writeRows(
    tx,
    `insert into area (centre, geometry, demo)
     select centre, geometry, true from jsonb_to_recordset($1::jsonb) as a(centre uuid, geometry jsonb)`,
    city.centres.map(({ key, polygon: ring }) => ({ centre: idOf(key), geometry: polygon(ring) })),
  );
  await writeRows(
    tx,
    `insert into grid (code, kind, centre, geometry, anchor, demo)
     select code, kind, centre, geometry, anchor, true
       from jsonb_to_recordset($1::jsonb) as g(code text, kind text, centre uuid, geometry jsonb, anchor float8[])`,
    city.grids.map(({ centre, polygon: ring, ...grid }) => ({
      ...grid,
      centre: idOf(centre),
      geometry: polygon(ring),
    })),
  );
  await writeRows(
    tx,
    `insert into key_site (id, names, kind, position, circle, demo)
     select id, names, kind, position, circle, true
       from jsonb_to_recordset($1::jsonb) as s(id uuid, names jsonb, kind text, position float8[], circle smallint)`,
    city.keySites.map((site) => ({ ...site, id: mint() })),
  );
  return ids;
}

/** Boundaries as a layer: every centre with its level and names. */
function boundariesOf(centres: readonly DemoCentre[], ids: ReadonlyMap<string, CentreId>) {
  return {
    type: 'FeatureCollection',
    features: centres.map(({ key, level, kind, names, anchor, polygon: ring }) => ({
      type: 'Feature',
      properties: { id: ids.get(key), level, kind, names, anchor },
      geometry: polygon(ring),
    })),
  };
}

/** Everything that screens draw their map from. */
export async function writeBasemap(
  tx: EntityManager,
  city: DemoCity,
  ids: ReadonlyMap<string, CentreId>,
): Promise<void> {
  const grids = city.grids.map(({ code, kind, anchor, polygon: ring }) => ({
    type: 'Feature',
    properties: { code, kind, anchor },
    geometry: polygon(ring),
  }));
  const sites = city.keySites.map(({ key, names, kind, circle, position }) => ({
    type: 'Feature',
    properties: { key, names, kind, circle },
    geometry: { type: 'Point', coordinates: position },
  }));
  const layers: Record<string, unknown> = {
    ...city.layers,
    centres: boundariesOf(city.centres, ids),
    grids: { type: 'FeatureCollection', features: grids },
    'key-sites': { type: 'FeatureCollection', features: sites },
  };
  for (const [sort, [name, features]] of Object.entries(layers).entries())
    await tx.query(
      'insert into basemap_layer (name, sort, is_schematic, features) values ($1, $2, true, $3)',
      [name, sort, JSON.stringify(features)],
    );
}

export type PlacedTeam = TeamRow & { readonly device: Id };

/** The joint teams with one device each; `drafts` put them, and who drives, into the picture. */
export async function writeTeams(
  tx: EntityManager,
  city: DemoCity,
  ids: ReadonlyMap<string, CentreId>,
  { tree, mint, at }: { tree: CentreTree; mint: () => Id; at: number },
): Promise<{ teams: PlacedTeam[]; drafts: Draft[] }> {
  const teams = demoTeams(city.centres).map(({ home, ...team }): PlacedTeam => {
    const id: TeamId = mint();
    const centre = ids.get(home) ?? '';
    return {
      ...team,
      id,
      centre,
      lead: null,
      post: null,
      withheld: [],
      grain: 'precise',
      lent: null,
      statusAt: at,
      sharedWith: [],
      version: 1,
      incidents: [],
      parties: [],
      seenBy: tree.seenBy([centre], [id]),
      closedAt: null,
      successor: null,
      demo: true,
      device: mint(),
    };
  });
  await writeRows(
    tx,
    `insert into team (id, call_sign, centre, mode, tier, forces, status, status_at, version, seen_by,
       capabilities, equipment, demo)
     select id, "callSign", centre, mode, tier, forces, status, to_timestamp("statusAt" / 1000.0), version, "seenBy",
            capabilities, equipment, true
       from jsonb_to_recordset($1::jsonb) as t(id uuid, "callSign" text, centre uuid, mode text, tier smallint,
            forces jsonb, status text, "statusAt" float8, version int, "seenBy" uuid[], capabilities text[],
            equipment text[])`,
    teams,
  );
  await writeRows(
    tx,
    `insert into device (id, number, team, name, external_id, demo)
     select device, number, id, "callSign", 'demo-' || number, true
       from jsonb_to_recordset($1::jsonb) as d(device uuid, number bigint, id uuid, "callSign" text)`,
    teams.map((team, i) => ({ ...team, number: i + 1 })),
  );
  const drafts = teams.map((team): Draft => ({
    fact: 'team.created',
    kind: 'team',
    id: team.id,
    version: 1,
    at,
    card: cardOf(team),
    seenBy: team.seenBy,
  }));
  return { teams, drafts };
}

/** The simulator drives a fresh demo. */
export async function writeDrive(
  tx: EntityManager,
  root: CentreId,
  seed: number,
  { tree, at }: { tree: CentreTree; at: number },
): Promise<Draft> {
  const since = new Date(at).toISOString();
  await tx.query("insert into drive (id, version, driver, since, seed) values ($1, 1, 'simulator', $2, $3)", [
    root,
    since,
    seed,
  ]);
  return driveDraft(
    { id: root, version: 1, driver: 'simulator', since, drill: null },
    'drive.simulator',
    at,
    tree,
  );
}
