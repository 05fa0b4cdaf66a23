import {
  DutyLevel,
  type DutyLevelDraft,
  LevelEffects,
  pageOf,
  PatrolBoard,
  type PatrolPlanAsk,
  PatrolPlanned,
  PatrolShift,
  type PatrolShiftAction,
  type PatrolShiftStep,
  Trade,
  type TradeAction,
  type TradeDraft,
} from '@app/shared';
import { ask, askRaw } from './http.js';

const Levels = pageOf(DutyLevel);
const Trades = pageOf(Trade);

/** A centre's plan between two instants of the wire. */
export interface BoardWindow {
  readonly centre: string;
  readonly from: string;
  readonly to: string;
}

/** @throws HttpFault */
export const fetchBoard = (window: BoardWindow, signal: AbortSignal): Promise<PatrolBoard> =>
  ask(`/api/shifts?${new URLSearchParams({ ...window })}`, PatrolBoard, { signal });

/** @throws HttpFault `patrol-shift.double-booked` and others */
export const planShifts = (body: PatrolPlanAsk): Promise<PatrolPlanned> =>
  ask('/api/shifts', PatrolPlanned, { method: 'POST', body });

/** @throws HttpFault `patrol-shift.stale` and others */
export const stepPatrolShift = (
  id: string,
  action: PatrolShiftAction,
  body: PatrolShiftStep,
): Promise<PatrolShift> => ask(`/api/shifts/${id}/${action}`, PatrolShift, { method: 'POST', body });

/** Trades that wait for somebody. @throws HttpFault */
export const fetchTrades = async (window: BoardWindow, signal: AbortSignal): Promise<Trade[]> =>
  (await ask(`/api/shift-trades?${new URLSearchParams({ ...window })}`, Trades, { signal })).items;

export const askTrade = (body: TradeDraft): Promise<Trade> =>
  ask('/api/shift-trades', Trade, { method: 'POST', body });

/** @throws HttpFault `trade.stale` and others */
export const stepTrade = ({ id, version }: Trade, action: TradeAction): Promise<Trade> =>
  ask(`/api/shift-trades/${id}/${action}`, Trade, { method: 'POST', body: { version } });

/** What holds at a centre and right below it. @throws HttpFault */
export const fetchEffects = (centre: string, signal: AbortSignal): Promise<LevelEffects> =>
  ask(`/api/duty-levels/effect?centre=${centre}`, LevelEffects, { signal });

export const fetchLevels = async (signal: AbortSignal): Promise<DutyLevel[]> =>
  (await ask('/api/duty-levels?limit=50', Levels, { signal })).items;

export const raiseLevel = (body: DutyLevelDraft): Promise<DutyLevel> =>
  ask('/api/duty-levels', DutyLevel, { method: 'POST', body });

/** @throws HttpFault `duty-level.stale` and others */
export const liftLevel = ({ id, version }: DutyLevel, reason: string): Promise<DutyLevel> =>
  ask(`/api/duty-levels/${id}/lift`, DutyLevel, { method: 'POST', body: { version, reason } });

export const setNeed = (centre: string, teams: number): Promise<unknown> =>
  askRaw(`/api/patrol-needs/${centre}`, { method: 'PATCH', body: { teams } });
