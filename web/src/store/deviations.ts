import { type AlertCard, type DeviationFigures, toMs } from '@app/shared';

/** What goes on with a team by the open alerts, the longest known first. */
export function deviationsOfTeam(alerts: Iterable<AlertCard>, team: string): DeviationFigures[] {
  return [...alerts]
    .flatMap(({ deviation }) => (deviation?.team === team && deviation.to === null ? [deviation] : []))
    .sort((a, b) => toMs(a.from) - toMs(b.from));
}

/** Teams that are not heard any more, with when they were last (ms since 1970). */
export function lostTeams(alerts: Iterable<AlertCard>): Map<string, number> {
  const lost = new Map<string, number>();
  for (const { deviation } of alerts)
    if (deviation?.kind === 'lost-contact' && deviation.to === null)
      lost.set(deviation.team, toMs(deviation.from));
  return lost;
}
