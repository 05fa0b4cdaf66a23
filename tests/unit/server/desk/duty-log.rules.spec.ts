import { describe, expect, it } from '@jest/globals';
import { LOG_KINDS, type LogKind } from '@app/shared';
import type { LogSeen } from '../../../../server/src/desk/duty-log.repository.js';
import { checkRefers } from '../../../../server/src/desk/duty-log.rules.js';
import { idOf } from '../incidents/story.js';

const seen = (kind: LogKind, doneNumber: number | null = null): LogSeen => ({
  id: idOf('l'),
  centre: idOf('c'),
  number: 3,
  kind,
  erased: false,
  text: 'words',
  by: 'duty',
  occurredAt: new Date(0),
  recordedAt: new Date(0),
  incident: null,
  incidentNumber: null,
  alert: null,
  refers: null,
  refersNumber: null,
  doneId: doneNumber === null ? null : idOf('d'),
  doneNumber,
  correctedId: null,
  correctedNumber: null,
});

const own = LOG_KINDS.filter((kind) => kind !== 'done' && kind !== 'correction');

describe('an entry that speaks of another', () => {
  it.each(own)('%s speaks for itself', (kind) => {
    expect(checkRefers({ kind }, null).ok).toBe(true);
    expect(checkRefers({ kind, refers: idOf('l') }, seen('matter'))).toMatchObject({
      code: 'request.malformed',
    });
  });

  it.each(['done', 'correction'] as const)('%s must name one that is there', (kind) => {
    expect(checkRefers({ kind }, null)).toMatchObject({ code: 'duty-log.refers-wanted' });
    expect(checkRefers({ kind, refers: idOf('x') }, null)).toMatchObject({ code: 'duty-log.unknown' });
  });

  it.each(LOG_KINDS)('a %s may be corrected; only a matter may be settled', (kind) => {
    expect(checkRefers({ kind: 'correction', refers: idOf('l') }, seen(kind)).ok).toBe(true);
    expect(checkRefers({ kind: 'done', refers: idOf('l') }, seen(kind)).ok).toBe(kind === 'matter');
  });

  it('settles a matter once', () => {
    const again = checkRefers({ kind: 'done', refers: idOf('l') }, seen('matter', 9));
    expect(again).toMatchObject({ code: 'duty-log.settled', detail: { by: 9 } });
  });
});
