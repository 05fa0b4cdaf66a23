import type { Caller } from '../access/caller.js';
import { Fault } from '../platform/fault.js';

/** Whose handheld asks. @throws Fault `role.denied` for anybody else */
export function ownTeam(by: Caller): NonNullable<Caller['handheld']> {
  if (!by.handheld) throw new Fault('role.denied', { seen: by.role, wanted: ['team'] });
  return by.handheld;
}
