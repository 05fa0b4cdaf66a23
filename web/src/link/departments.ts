import { type DepartmentChange, DepartmentList } from '@app/shared';
import { ask } from './http.js';

/** The departments that a centre may send to an incident. @throws HttpFault */
export const fetchDepartments = (centre: string, signal?: AbortSignal): Promise<DepartmentList> =>
  ask(`/api/departments/${centre}`, DepartmentList, signal ? { signal } : {});

/** @throws HttpFault `department.stale` and others */
export const changeDepartments = (centre: string, body: DepartmentChange): Promise<DepartmentList> =>
  ask(`/api/departments/${centre}`, DepartmentList, { method: 'POST', body });
