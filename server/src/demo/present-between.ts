import type { Cast } from './present-cast.js';
import { at, served } from './present-incidents.js';
import type { Story } from './present-story.js';

/** What went from one centre to another, or waits for one. */
export function tellBetweenCentres(story: Story, cast: Cast): void {
  const { community, town, county, city, other } = cast;
  story
    .report(
      25,
      community.by,
      at(community, 1, {
        category: 'disorder',
        severity: 4,
        source: 'walk-in',
        place: `${community.name}广场`,
        description: '有人在广场燃放烟花。',
      }),
    )
    .step(23, community.by, 'accept')
    .step(19, community.by, 'hand-up', { reason: '涉及多个小区，请求统一处理。' })
    .step(8, town.by, 'return-offer', { reason: '先由小区核实人员和位置，再按情况上报。' });
  story
    .report(
      14,
      community.by,
      at(community, 2, {
        category: 'natural-hazard',
        severity: 4,
        source: 'patrol',
        place: `${community.name}北侧`,
        description: '大风吹落广告牌，暂无人受伤。',
      }),
    )
    .step(12, community.by, 'accept')
    .step(6, community.by, 'hand-up', { reason: '需要吊车，小区无力处置。' });
  story
    .report(
      17,
      town.by,
      at(community, 3, {
        category: 'lost-found',
        severity: 4,
        source: 'walk-in',
        place: `${community.name}服务站`,
        description: '拾到行李箱一只，等待失主。',
      }),
    )
    .step(15, town.by, 'accept')
    .step(5, town.by, 'extend', { reason: '已发布招领，失主约定今日来取。' });

  const gas = story.report(
    100,
    county.by,
    at(cast.far, 2, {
      category: 'hazard',
      severity: 2,
      source: 'phone',
      place: `${cast.far.name}东侧`,
      description: '闻到燃气气味，已疏散一个单元，请求市级协调。',
    }),
  );
  gas.step(98, county.by, 'accept').step(97.5, county.by, 'hand-up', { reason: '小区无力处置。' });
  gas
    .step(97, cast.town2.by, 'accept-offer')
    .step(96.5, cast.town2.by, 'hand-up', { reason: '需街道协调。' });
  gas.step(96, county.by, 'accept-offer').step(95, county.by, 'hand-up', { reason: '需要燃气公司和消防。' });
  const patrol = { team: cast.cityTeam };
  gas.step(94, city.by, 'accept-offer').step(93, city.by, 'dispatch', { teams: [patrol.team] });
  gas
    .step(92, city.by, 'acknowledge', patrol)
    .step(91, city.by, 'depart', patrol)
    .step(88, city.by, 'arrive', patrol);
  gas.step(86, city.by, 'assist', { centre: other.centre.id, reason: '请派人员协助外围警戒。' });
  gas.step(80, other.by, 'accept-offer');
}

/** What a centre above follows, and what nobody took up. */
export function tellSupervised(story: Story, cast: Cast): void {
  const { town, county, city, near, community } = cast;
  const manhole = story.report(
    175,
    town.by,
    at(near, 0, {
      category: 'hazard',
      severity: 3,
      source: 'hotline',
      place: `${near.name}西门外`,
      description: '污水井盖缺失，多次反映。',
    }),
  );
  served(manhole, 172, cast, 5);
  manhole.step(55, city.by, 'supervise', {
    reason: '群众重复反映，请今日内办结并反馈。',
    until: story.at(-180),
  });
  manhole.step(22, county.by, 'answer-supervision', { reason: '井盖已到货，施工队正在安装。' });
  // Nobody accepts it: its clock has run out before the first look, and what follows is up to the product.
  story.report(
    58,
    community.by,
    at(community, 0, {
      category: 'suspicious-object',
      severity: 3,
      source: 'grid-worker',
      place: `${community.name}车棚`,
      description: '车棚内有无主纸箱，已劝居民远离。',
    }),
  );
}
