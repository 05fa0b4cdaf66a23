import { type ArgumentMetadata, StandardSchemaValidationPipe } from '@nestjs/common';
import { badWordsIn } from '@app/shared';
import { Fault } from './fault.js';

interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
  readonly code?: string;
  readonly keys?: readonly string[];
}

class ParsePipe extends StandardSchemaValidationPipe {
  constructor() {
    super({ exceptionFactory: (issues) => faultOf(issues) });
  }

  override async transform<T = unknown>(value: T, metadata: ArgumentMetadata): Promise<T> {
    if (metadata.schema !== undefined) requirePlain(value);
    try {
      return await super.transform(value, metadata);
    } catch (error) {
      if (error instanceof Fault && error.code === 'place.out-of-range' && isSwapped(value))
        throw new Fault('place.swapped', { ...error.detail, wanted: 'lng, then lat' });
      throw error;
    }
  }
}

/** The one pipe that parses bodies, parameters and queries by their zod schema. */
export const parsePipe = (): StandardSchemaValidationPipe => new ParsePipe();

/** The one place at which words come in: what nobody can see in them is refused, whatever field it stands in. */
function requirePlain(value: unknown): void {
  const bad = badWordsIn(value);
  if (bad === undefined) return;
  if ('key' in bad) throw new Fault('request.unknown-field', { fields: [bad.key], field: bad.at });
  throw new Fault('request.hidden-character', {
    field: bad.at,
    seen: bad.hidden,
    wanted: 'text without hidden characters',
  });
}

/** A pair out of range that would be a place the other way round. */
function isSwapped(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { lng, lat } = value as { lng?: unknown; lat?: unknown };
  if (typeof lng !== 'number' || typeof lat !== 'number') return false;
  return Math.abs(lat) > 90 && Math.abs(lat) <= 180 && Math.abs(lng) <= 90;
}

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
