import {
  type AlertCard,
  type AlertState,
  ENDED_STATUSES,
  type EquipmentItem,
  type HandoverSheet,
  type IncidentCard,
  type InstructionCard,
  type SheetChange,
  type SheetMatter,
  toInstant,
} from '@app/shared';

/** What was found open at a centre in one statement each. */
export interface Found {
  readonly seq: number;
  readonly incidents: readonly IncidentCard[];
  readonly alerts: readonly AlertCard[];
  /** Those that the centre sent or received. */
  readonly instructions: readonly InstructionCard[];
  readonly matters: readonly Omit<SheetMatter, 'carried'>[];
  /** What the centre has its desk look at. */
  readonly equipment: readonly EquipmentItem[];
}

/** Alerts that somebody has still to answer: those put aside come back. */
const UNANSWERED: readonly AlertState[] = ['raised', 'shelved'];
const LISTS = ['incidents', 'alerts', 'instructions', 'matters'] as const;
const KIND_OF = {
  incidents: 'incident',
  alerts: 'alert',
  instructions: 'instruction',
  matters: 'matter',
} as const satisfies Record<(typeof LISTS)[number], string>;

/**
 * Draws up a sheet: everything that is open, each with the number of handovers it has gone through. `before` is the
 * last sheet of the centre with what came to it later; what stands on both is carried.
 */
export function drawSheet(found: Found, before: HandoverSheet | null, now: number): HandoverSheet {
  const counts = countsOf(before);
  const carried = (kind: string, id: string) => ({ carried: counts.get(`${kind}:${id}`) ?? 0 });
  return {
    drawnAt: toInstant(now),
    seq: found.seq,
    incidents: found.incidents
      .filter(({ status }) => !ENDED_STATUSES.includes(status))
      .map(({ id, number, category, severity, status, centre, place, since, due, masked }) => ({
        id,
        number,
        category,
        severity,
        status,
        centre,
        place,
        since,
        due: due && { stage: due.stage, at: due.at },
        ...(masked ? { masked } : {}),
        ...carried('incident', id),
      })),
    alerts: found.alerts
      .filter(({ state }) => UNANSWERED.includes(state))
      .map(({ id, rule, category, severity, state, centre, since, deviation }) => ({
        id,
        rule,
        category,
        severity,
        state,
        centre,
        since,
        ...(deviation && { deviation }),
        ...carried('alert', id),
      })),
    instructions: found.instructions.map(({ id, from, to, state, urgent, dueAt, overdue }) => ({
      id,
      from,
      to,
      state,
      urgent,
      dueAt,
      overdue,
      ...carried('instruction', id),
    })),
    matters: found.matters.map((matter) => ({ ...matter, ...carried('matter', matter.id) })),
    equipment: found.equipment.map(({ key, names }) => {
      const last = before?.equipment.find((check) => check.key === key);
      const isFaulty = last?.ok === false;
      return {
        key,
        ...(names && { names }),
        ok: isFaulty ? false : null,
        note: isFaulty ? last.note : null,
        carried: isFaulty ? last.carried + 1 : 0,
      };
    }),
  };
}

/** What came and what ended between a sheet that was signed and one drawn up later. */
export function changesBetween(signed: HandoverSheet, later: HandoverSheet): SheetChange {
  const before = new Set(countsOf(signed).keys());
  const after = new Set(countsOf(later).keys());
  const isNew = (list: (typeof LISTS)[number]) => {
    return ({ id }: { readonly id: string }) => !before.has(`${KIND_OF[list]}:${id}`);
  };
  return {
    drawnAt: later.drawnAt,
    seq: later.seq,
    added: {
      incidents: later.incidents.filter(isNew('incidents')),
      alerts: later.alerts.filter(isNew('alerts')),
      instructions: later.instructions.filter(isNew('instructions')),
      matters: later.matters.filter(isNew('matters')),
    },
    gone: [...before].filter((key) => !after.has(key)),
  };
}

/** A sheet with what came to it before it was taken over. */
export function wholeSheet(sheet: HandoverSheet, after: SheetChange | null): HandoverSheet {
  if (!after) return sheet;
  const { incidents, alerts, instructions, matters } = after.added;
  return {
    ...sheet,
    incidents: [...sheet.incidents, ...incidents],
    alerts: [...sheet.alerts, ...alerts],
    instructions: [...sheet.instructions, ...instructions],
    matters: [...sheet.matters, ...matters],
  };
}

/** How often each thing will have been handed over once it stands on the next sheet. */
function countsOf(sheet: HandoverSheet | null): Map<string, number> {
  if (!sheet) return new Map();
  return new Map(
    LISTS.flatMap((list) =>
      sheet[list].map(({ id, carried }): [string, number] => [`${KIND_OF[list]}:${id}`, carried + 1]),
    ),
  );
}
