import { StandardSchemaValidationPipe } from '@nestjs/common';
import { Fault } from './fault.js';

interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
  readonly code?: string;
  readonly keys?: readonly string[];
}

/** The one pipe that parses bodies, parameters and queries by their zod schema. */
export const parsePipe = () =>
  new StandardSchemaValidationPipe({ exceptionFactory: (issues) => faultOf(issues) });

/** The error for a body that does not fit its schema: the first issue decides the code, all are told. */
export function faultOf(issues: readonly Issue[]): Fault {
  const told = issues.map((issue) => ({ at: pathOf(issue), wanted: issue.message }));
  const [first] = issues;
  if (first?.code === 'unrecognized_keys')
    return new Fault('request.unknown-field', { fields: first.keys ?? [], issues: told });
  const field = first ? pathOf(first) : '';
  const isRange = first?.code === 'too_big' || first?.code === 'too_small';
  if (isRange && /(^|\.)(lng|lat)$/.test(field))
    return new Fault('place.out-of-range', { field, issues: told });
  return new Fault('request.malformed', { issues: told });
}

const pathOf = ({ path }: Issue): string =>
  (path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.');
