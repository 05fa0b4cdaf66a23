import { describe, expect, it } from '@jest/globals';
import { MAX_LISTED_DEVICES } from '@app/shared';
import { callSignsOf, readDeviceList, takenIn } from '../../../../server/src/teams/device-list.rules.js';

const [A, B] = ['00000000-0000-7000-8000-00000000000a', '00000000-0000-7000-8000-00000000000b'];
const TEAMS = new Map([
  ['雄关201', A],
  ['雄关202', B],
]);
const read = (csv: string) => readDeviceList(csv, TEAMS);

describe('a list of devices', () => {
  it('names its columns in any order, with commas or semicolons, and leaves out what is empty', () => {
    const csv =
      '\uFEFFterminal,callSign,terminalId,name,datum\r\n013900000001,雄关201,T1,"车, 前",gcj02\r\n2,雄关202,,,\r\n';
    expect(read(csv)).toEqual({
      faults: [],
      devices: [
        {
          line: 2,
          draft: { team: A, terminal: '13900000001', terminalId: 'T1', name: '车, 前', datum: 'gcj02' },
        },
        { line: 3, draft: { team: B, terminal: '2' } },
      ],
    });
    expect(read('callSign;externalId\n雄关201;X').devices).toEqual([
      { line: 2, draft: { team: A, externalId: 'X' } },
    ]);
    expect(callSignsOf(csv)).toEqual(['雄关201', '雄关202']);
  });

  it('says of every line what is wrong', () => {
    const csv = [
      'callSign,terminal,terminalId,datum',
      '雄关299,1,,',
      '雄关201,abc,,',
      '雄关201,,,',
      '雄关201,5,"two words",nad27',
      '雄关202,005,,',
      '雄关202,6,,',
    ].join('\n');
    const { devices, faults } = read(csv);
    expect(devices).toEqual([{ line: 7, draft: { team: B, terminal: '6' } }]);
    expect(faults).toEqual([
      { line: 2, column: 'callSign', seen: '雄关299', why: 'unknown' },
      { line: 3, column: 'terminal', seen: 'abc', why: 'malformed' },
      { line: 4, column: 'terminal', seen: '', why: 'malformed' },
      { line: 5, column: 'terminalId', seen: 'two words', why: 'malformed' },
      { line: 5, column: 'datum', seen: 'nad27', why: 'malformed' },
      { line: 6, column: 'terminal', seen: '005', why: 'twice' },
    ]);
  });

  it.each([
    ['', [{ line: 1, column: '', seen: '', why: 'malformed' }]],
    ['"callSign', [{ line: 1, column: '', seen: '', why: 'malformed' }]],
    ['terminal\n1', [{ line: 1, column: 'callSign', seen: 'callSign', why: 'malformed' }]],
    ['callSign,colour\n雄关201,red', [{ line: 1, column: 'colour', seen: 'colour', why: 'unknown' }]],
  ])('of the text %j is none', (csv, faults) => {
    expect(read(csv)).toEqual({ devices: [], faults });
  });

  it('that is too long is refused before it is read', () => {
    const lines = Array.from({ length: MAX_LISTED_DEVICES + 1 }, (_, i) => `雄关201,${i}`);
    expect(read(['callSign,terminal', ...lines].join('\n')).faults).toMatchObject([{ seen: '501' }]);
  });

  it('tells which of its names are in use already', () => {
    const { devices } = read('callSign,terminal,externalId\n雄关201,7,X\n雄关202,8,Y');
    expect(takenIn(devices, new Set(['8', 'X']))).toEqual([
      { line: 2, column: 'externalId', seen: 'X', why: 'taken' },
      { line: 3, column: 'terminal', seen: '8', why: 'taken' },
    ]);
  });
});
