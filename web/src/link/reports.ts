import { Report, type ReportBody, type ReportFormat, type ReportKind } from '@app/shared';
import { z } from 'zod';
import { ask } from './http.js';

const Reports = z.object({ items: z.array(Report) });

/** Reports of an incident, in their order. @throws HttpFault */
export const fetchReports = async (incident: string, signal: AbortSignal): Promise<readonly Report[]> =>
  (await ask(`/api/incidents/${incident}/reports`, Reports, { signal })).items;

/** The draft written from the record, or the one that is open. @throws HttpFault */
export const beginReport = (incident: string, kind: ReportKind, language: string): Promise<Report> =>
  ask('/api/reports', Report, { method: 'POST', body: { incident, kind, language } });

/** @throws HttpFault `report.stale` */
export const editReport = ({ id, version }: Report, body: ReportBody): Promise<Report> =>
  ask(`/api/reports/${id}`, Report, { method: 'PATCH', body: { version, body } });

/** @throws HttpFault `report.lacks` `report.stale` */
export const stepReport = ({ id, version }: Report, action: 'send' | 'acknowledge'): Promise<Report> =>
  ask(`/api/reports/${id}/${action}`, Report, { method: 'POST', body: { version } });

export const reportFile = (id: string, format: ReportFormat, language: string): string =>
  `/api/reports/${id}/file?format=${format}&language=${language}`;
