import {
  DutyShift,
  type DutyShiftAction,
  DutyShiftItem,
  type DutyShiftStart,
  type DutyShiftStep,
  type EquipmentChange,
  EquipmentList,
  type LogDraft,
  LogEntry,
  pageOf,
} from '@app/shared';
import { z } from 'zod';
import { ask } from './http.js';

const ShiftPage = pageOf(DutyShiftItem);
const LogPage = pageOf(LogEntry);
export type LogPage = z.infer<typeof LogPage>;

/** The newest shifts of a centre. @throws HttpFault */
export const fetchShifts = async (centre: string, signal?: AbortSignal): Promise<DutyShiftItem[]> =>
  (await ask(`/api/duty-shifts?centre=${centre}&limit=30`, ShiftPage, signal ? { signal } : {})).items;

/** One shift with its handover sheet. @throws HttpFault */
export const fetchShift = (id: string, signal?: AbortSignal): Promise<DutyShift> =>
  ask(`/api/duty-shifts/${id}`, DutyShift, signal ? { signal } : {});

/** @throws HttpFault `duty-shift.running` and others */
export const beginShift = (body: DutyShiftStart): Promise<DutyShift> =>
  ask('/api/duty-shifts', DutyShift, { method: 'POST', body });

/** @throws HttpFault `duty-shift.stale` and others */
export const stepShift = (id: string, action: DutyShiftAction, body: DutyShiftStep): Promise<DutyShift> =>
  ask(`/api/duty-shifts/${id}/${action}`, DutyShift, { method: 'POST', body });

/** What a centre's desk looks at in each handover. @throws HttpFault */
export const fetchEquipment = (centre: string, signal?: AbortSignal): Promise<EquipmentList> =>
  ask(`/api/duty-equipment/${centre}`, EquipmentList, signal ? { signal } : {});

/** @throws HttpFault `equipment.stale` and others */
export const changeEquipment = (centre: string, body: EquipmentChange): Promise<EquipmentList> =>
  ask(`/api/duty-equipment/${centre}`, EquipmentList, { method: 'POST', body });

/** A page of a log, newest first; `query` as `LogQuery` is written. @throws HttpFault */
export const fetchLog = (query: Readonly<Record<string, string>>, signal?: AbortSignal): Promise<LogPage> =>
  ask(`/api/duty-log?${new URLSearchParams(query)}`, LogPage, signal ? { signal } : {});

/** The same key never writes twice. @throws HttpFault */
export const writeLog = (body: LogDraft, key: string): Promise<LogEntry> =>
  ask('/api/duty-log', LogEntry, { method: 'POST', body, key });
