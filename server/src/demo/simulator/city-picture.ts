import {
  DriveCard,
  type Id,
  IncidentCard,
  type IncidentId,
  PatrolShiftCard,
  Picture,
  type PictureEntry,
  type PictureItem,
  TeamCard,
  type TeamId,
} from '@app/shared';

/** The picture of the whole city as the wire tells it, with the cards that the simulator reads. */
export class CityPicture {
  readonly incidents = new Map<IncidentId, IncidentCard>();
  readonly teams = new Map<TeamId, TeamCard>();
  /** Open alerts about incidents; a team that deviates is nothing that happens in the city. */
  readonly alerts = new Set<string>();
  /** Shifts that are on. */
  readonly shifts = new Map<Id, PatrolShiftCard>();
  drive: DriveCard | null = null;
  readonly #picture = new Picture();

  /** Throws the picture away for a snapshot. */
  reset(snapshot: readonly PictureItem[]): void {
    this.#picture.clear();
    this.incidents.clear();
    this.teams.clear();
    this.alerts.clear();
    this.shifts.clear();
    this.drive = null;
    for (const item of snapshot) this.apply(item);
  }

  apply(entry: PictureEntry): void {
    if (!this.#picture.apply(entry)) return;
    const { kind, id, card } = entry;
    if (kind === 'incident') put(this.incidents, id, card && IncidentCard.parse(card));
    else if (kind === 'team') put(this.teams, id, card && TeamCard.parse(card));
    else if (kind === 'patrol-shift') put(this.shifts, id, card && PatrolShiftCard.parse(card));
    else if (kind === 'alert') this.alerts[card && !isOfTeam(card) ? 'add' : 'delete'](id);
    else if (kind === 'drive') this.drive = card && DriveCard.parse(card);
  }

  /** Whether the picture's digest is the one that the server tells. */
  isProven(digest: string): boolean {
    return this.#picture.digest.hex() === digest;
  }
}

const isOfTeam = (card: Readonly<Record<string, unknown>>): boolean => card['rule'] === 'deviation';

function put<T>(map: Map<string, T>, id: string, card: T | null): void {
  if (card === null) map.delete(id);
  else map.set(id, card);
}
