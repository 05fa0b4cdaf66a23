import { Injectable } from '@nestjs/common';
import type { Incident, IncidentReport } from '@app/shared';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../access/caller.js';
import { Idempotency } from '../access/idempotency.js';
import { Journal } from '../journal/journal.js';
import { Places } from '../places/places.js';
import { settle } from '../platform/decision.js';
import { IncidentDesk } from './incident-desk.js';
import { IncidentReader, tellerOf } from './incident-reader.js';
import { report as opened } from './report.rules.js';
import { Rulebooks } from './rulebooks.js';
import { placeTold, whenTold } from './told.rules.js';

/** Takes in a report: the deepest centre that contains its place gets it, or the reporter's own. */
@Injectable()
export class ReportIncident {
  constructor(
    private readonly journal: Journal,
    private readonly idempotency: Idempotency,
    private readonly places: Places,
    private readonly desk: IncidentDesk,
    private readonly reader: IncidentReader,
    private readonly books: Rulebooks,
  ) {}

  /** The same external id of the same account answers with the incident that it opened the first time. */
  async run(report: IncidentReport, by: Caller, key: string | null): Promise<Incident> {
    // The print of a body is kept for a day: it must not tell a number.
    const { callerPhone: _sealed, ...body } = report;
    const once = { key, route: 'POST /api/incidents', body };
    return this.journal.transaction((tx) =>
      this.idempotency.once(tx, by, once, () => this.#write(tx, report, by)),
    );
  }

  async #write(tx: EntityManager, report: IncidentReport, by: Caller): Promise<Incident> {
    const { clock } = this.desk;
    const now = clock.now();
    const teller = tellerOf(by);
    const occurredAt = settle(whenTold(report.occurredAt, now, teller.isImport));
    settle(placeTold([report.lng, report.lat], this.places.cityBox()));
    if (report.externalId !== undefined) {
      const known = await this.reader.reportedBefore(tx, by, report.externalId);
      if (known) return known;
    }
    await this.places.current();
    const found = this.places.locate(report.lng, report.lat);
    // A handheld stands at no centre: it tells as its team's home does.
    const stand = by.handheld?.home ?? by.centre;
    const isOurs = found.centre !== null && this.reader.mayAct({ ...by, centre: stand }, found.centre);
    const centre = isOurs && found.centre !== null ? found.centre : stand;
    const { grid } = found;
    const coarse = await this.places.coarse({ ...report, grid, centre });
    const given = { report, centre, origin: stand, grid, coarse, occurredAt, now, by: teller };
    const book = await this.books.current();
    const { state, draft } = await this.desk.open(tx, opened({ id: clock.mint(), ...given, book }), by);
    if (report.callerPhone !== undefined)
      await this.desk.callers.keep(tx, state.incident.id, report.callerPhone);
    const answer = await this.reader.view(by, state, tx);
    await this.journal.append(tx, [draft]);
    return answer;
  }
}
