import { Category, IncidentLabel, type IncidentReport, Lat, Lng, Severity, Source } from '@app/shared';
import { z } from 'zod';
import { newKey } from '../../link/http.js';

/** A report as far as it is typed. `key` is the intention: the same draft never reports twice. */
export const ReportDraft = z.object({
  key: z.string().min(1),
  category: Category.nullable(),
  severity: Severity,
  lng: z.number().nullable(),
  lat: z.number().nullable(),
  place: z.string(),
  description: z.string(),
  source: Source,
  label: IncidentLabel.default('internal'),
});
export type ReportDraft = z.infer<typeof ReportDraft>;

export const emptyDraft = (): ReportDraft => ({
  key: newKey(),
  category: null,
  severity: 4,
  lng: null,
  lat: null,
  place: '',
  description: '',
  source: 'phone',
  label: 'internal',
});

/** What still lacks before it can be sent. */
export type Lack = 'category' | 'lng' | 'lat';

/** The report that a draft makes, or what it lacks. Pure. */
export function reportOf(draft: ReportDraft): { report: IncidentReport } | { lacks: readonly Lack[] } {
  const { category, severity, lng, lat, place, description, source, label } = draft;
  const isLng = lng !== null && Lng.safeParse(lng).success;
  const isLat = lat !== null && Lat.safeParse(lat).success;
  if (category === null || !isLng || !isLat) {
    const lacks: Lack[] = [];
    if (category === null) lacks.push('category');
    if (!isLng) lacks.push('lng');
    if (!isLat) lacks.push('lat');
    return { lacks };
  }
  const words = {
    ...(place.trim() ? { place: place.trim() } : {}),
    ...(description.trim() ? { description: description.trim() } : {}),
    ...(label === 'sensitive' ? { label } : {}),
  };
  return { report: { category, severity, lng, lat, source, ...words } };
}

/** Two numbers typed or pasted as one text, as `98.2888, 39.7721`; undefined for anything else. */
export function readPlace(text: string): { lng: number; lat: number } | undefined {
  const [, lng, lat] = /^\s*(-?\d+(?:\.\d+)?)\s*[,，;；\s]\s*(-?\d+(?:\.\d+)?)\s*$/.exec(text) ?? [];
  return lng === undefined || lat === undefined ? undefined : { lng: Number(lng), lat: Number(lat) };
}

/** The words of a place that was picked from a list: its name, unless what was typed says more than that. */
export function wordsAfter(typed: string, name: string): string {
  const parts = typed.trim().toLowerCase().split(/\s+/);
  return parts.every((part) => name.toLowerCase().includes(part)) ? name : typed.trim();
}

const storedAs = (account: string): string => `report-draft:${account}`;

/** The draft that an account left in this browser, or an empty one. */
export function loadDraft(account: string): ReportDraft {
  try {
    const found = ReportDraft.safeParse(JSON.parse(localStorage.getItem(storedAs(account)) ?? 'null'));
    if (found.success) return found.data;
  } catch {
    // A browser without storage keeps the draft until the page is closed.
  }
  return emptyDraft();
}

export function keepDraft(account: string, draft: ReportDraft): void {
  try {
    localStorage.setItem(storedAs(account), JSON.stringify(draft));
  } catch {
    // As above.
  }
}
