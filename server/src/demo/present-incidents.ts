import type { IncidentReport, TeamId } from '@app/shared';
import type { Cast, Post } from './present-cast.js';
import type { Story } from './present-story.js';

/** So far apart that two reports are not taken for one, and still inside a compound. Degrees. */
const APART = 0.0004;

type Words = Pick<IncidentReport, 'category' | 'severity' | 'place' | 'description' | 'source'>;

/** A report of something at a post, `nth` steps from its middle. */
export function at({ centre }: Post, nth: number, words: Words): IncidentReport {
  const [lng, lat] = centre.anchor ?? [0, 0];
  return {
    lng: lng + (nth % 2) * APART * (nth > 1 ? -1 : 1),
    lat: lat + (nth > 1 ? APART / 2 : 0),
    ...words,
  };
}

const team = ({ teams }: Cast, nth: number): TeamId => {
  const found = teams[nth];
  if (found === undefined) throw new Error(`the demo city has no free team ${nth}`);
  return found;
};

/** What waits to be accepted, dispatched, signed for. */
export function tellWaiting(story: Story, cast: Cast): void {
  const { community, town, county, near } = cast;
  story.report(
    4,
    community.by,
    at(community, 0, {
      category: 'dispute',
      severity: 4,
      source: 'phone',
      place: `${community.name}3号楼前`,
      description: '两户居民因停车位争执，情绪激动，尚未动手。',
    }),
  );
  story
    .report(
      21,
      town.by,
      at(near, 0, {
        category: 'hazard',
        severity: 4,
        source: 'grid-worker',
        place: `${near.name}东门`,
        description: '人行道地砖塌陷约半平方米，已摆放警示锥。',
      }),
    )
    .step(13, town.by, 'accept');
  story
    .report(
      13,
      county.by,
      at(near, 1, {
        category: 'traffic',
        severity: 4,
        source: 'hotline',
        place: `${near.name}路口`,
        description: '两车剐蹭占用一条车道，无人受伤。',
      }),
    )
    .step(11, county.by, 'accept')
    .step(9, county.by, 'dispatch', { teams: [team(cast, 0)] });
}

/** What is being handled, waits to be checked, or was sent back for rework. */
export function tellHandling(story: Story, cast: Cast): void {
  const { community, county, far } = cast;
  const pipe = story.report(
    48,
    county.by,
    at(far, 0, {
      category: 'infrastructure',
      severity: 3,
      source: 'walk-in',
      place: `${far.name}地下车库`,
      description: '供水管爆裂，车库积水约十厘米，已关闭总阀。',
    }),
  );
  const first = { team: team(cast, 1) };
  pipe.step(46, county.by, 'accept').step(43, county.by, 'dispatch', { teams: [first.team, team(cast, 2)] });
  pipe.step(42, county.by, 'acknowledge', first).step(41, county.by, 'depart', first);
  pipe.step(36, county.by, 'arrive', { ...first, note: '已到场，正在排水' });

  const help = story.report(
    72,
    community.by,
    at(community, 1, {
      category: 'medical',
      severity: 3,
      source: 'phone',
      place: `${community.name}7号楼`,
      description: '老人在楼道摔倒，意识清醒，等待急救车。',
    }),
  );
  served(help, 70, cast, 3);
  help.step(31, community.by, 'complete', { note: '已送市第一人民医院，家属在场' });

  const rubbish = story.report(
    150,
    community.by,
    at(community, 2, {
      category: 'hazard',
      severity: 4,
      source: 'grid-worker',
      place: `${community.name}消防通道`,
      description: '消防通道堆放旧家具，车辆无法通行。',
    }),
  );
  served(rubbish, 147, cast, 4);
  rubbish.photo(97, community.by, '示意照片.png');
  rubbish.step(96, community.by, 'complete', { note: '已通知物业清理' });
  rubbish.step(18, county.by, 'rework', { reason: '照片未体现清理结果，请到场核实后再报。' });
}

/** Accepted and served by one team, from so many minutes ago on. */
export function served(thread: ReturnType<Story['report']>, ago: number, cast: Cast, nth: number): void {
  const { by } = cast.county;
  const one = { team: team(cast, nth) };
  thread.step(ago, by, 'accept').step(ago - 2, by, 'dispatch', { teams: [one.team] });
  thread.step(ago - 3, by, 'acknowledge', one).step(ago - 4, by, 'depart', one);
  thread.step(ago - 9, by, 'arrive', one).step(ago - 34, by, 'clear', one);
}

/** What was closed, rejected, merged, suspended. */
export function tellEnded(story: Story, cast: Cast): void {
  const { community, town, county, near, far } = cast;
  const noise = story.report(
    310,
    community.by,
    at(community, 3, {
      category: 'dispute',
      severity: 4,
      source: 'hotline',
      place: `${community.name}底商`,
      description: '商铺音响扰民，多户反映。',
    }),
  );
  served(noise, 305, cast, 3);
  noise
    .step(250, community.by, 'complete', { note: '店主当场调低音量，双方同意' })
    .step(210, county.by, 'close');
  noise.step(45, community.by, 'follow-up', { satisfaction: 'satisfied', note: '电话回访，表示满意' });

  story
    .report(
      135,
      community.by,
      at(near, 2, {
        category: 'other',
        severity: 4,
        source: 'phone',
        place: near.name,
        description: '咨询水费账单。',
      }),
    )
    .step(130, town.by, 'reject', { reason: '不属于受理范围，已告知供水服务热线。' });

  const crowd = { category: 'crowd', severity: 4, place: `${far.name}幼儿园门口` } as const;
  const kept = story
    .report(
      29,
      county.by,
      at(far, 1, { ...crowd, source: 'phone', description: '家长接送时段聚集，占用车道。' }),
    )
    .step(26, county.by, 'accept');
  story
    .report(24, county.by, at(far, 1, { ...crowd, source: 'hotline', description: '幼儿园门口堵车。' }))
    .step(20, county.by, 'merge', () => ({ into: kept.incident.id }));

  story
    .report(
      420,
      town.by,
      at(near, 3, {
        category: 'infrastructure',
        severity: 4,
        source: 'grid-worker',
        place: `${near.name}2号楼`,
        description: '电梯停运，主板损坏。',
      }),
    )
    .step(412, town.by, 'accept')
    .step(400, town.by, 'suspend', { reason: '等待厂家配件，已张贴告示。', until: story.at(-7 * 24 * 60) });
}
