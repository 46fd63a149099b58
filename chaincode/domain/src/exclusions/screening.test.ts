import { NPI, Office, idOf } from '../credentialing/testing/office.js';
import type { RegistryExecution } from '../members/registry-execution.js';
import { refusalOf } from '../shared/testing/refusal.js';
import { sha256 } from '../shared/testing/sha256.js';
import type { ExclusionMatchDocument } from './exclusion-match.js';
import { noLongerListed } from './excluded-on.js';
import { readLeieRow } from './leie-row.js';
import type { RecordScreeningRun, ScreeningRunDocument } from './screening-run.js';
import { gravest } from './screening-run.js';
import { exclusionSnapshotId, isAttested, recordExclusionSnapshot } from './snapshot.js';
import { rowOf } from './testing/twelve-months.js';

const [one, other] = ['aa'.repeat(32), 'bb'.repeat(32)];
const OTHER_NPI = '1003357849';
const file = { source: 'LEIE', month: '2022-07', file: 'full', sha256: one } as const;

describe('a snapshot', () => {
  const by = (mspId: string): RegistryExecution => ({
    actor: { member: { schema: 'member/v1', mspId, name: mspId, kind: 'insurer', status: 'ACTIVE', units: [], version: 1, registeredAt: '', changedAt: '' }, role: 'exclusion-steward', subject: 'ab' },
    now: '2022-08-10T12:00:00.000Z', txId: 'tx', sha256,
  });

  test('is one organisation’s word until a second says the same', () => {
    const first = recordExclusionSnapshot(undefined, { ...file, rows: 77 }, by('AMSP'));
    expect(first).toMatchObject({ rows: 77, attestations: [{ mspId: 'AMSP', recordedAt: '2022-08-10T12:00:00.000Z' }] });
    expect(first && isAttested(first)).toBe(false);
    const second = recordExclusionSnapshot(first, { ...file, rows: 77 }, by('BMSP'));
    expect(second && isAttested(second)).toBe(true);
  });

  test('takes each organisation’s word once, and no other count of the same bytes', () => {
    const first = recordExclusionSnapshot(undefined, { ...file, rows: 77 }, by('AMSP'));
    expect(recordExclusionSnapshot(first, { ...file, rows: 77 }, by('AMSP'))).toBeUndefined();
    expect(refusalOf(() => recordExclusionSnapshot(first, { ...file, rows: 78 }, by('BMSP')))).toBe('EXCLUSION_SNAPSHOT_DIFFERS');
    expect(exclusionSnapshotId(file)).toBe(`LEIE~2022-07~full~${one}`);
  });
});

describe('a screening run', () => {
  const run = (changes: Partial<RecordScreeningRun> = {}): RecordScreeningRun => ({
    verb: 'recordScreeningRun', partId: idOf('part'), runId: idOf('run'), part: 1, parts: 1, snapshots: [file], matcher: 'leie-match/v1', clinicians: [NPI, OTHER_NPI], found: [], known: [], ...changes,
  });
  const pair = { matchId: idOf('match'), npi: NPI, score: 100, reasons: ['NPI'], pairHash: one } as const;
  const recorded = (office: Office, part = 'part'): ScreeningRunDocument['body'] => office.newest<ScreeningRunDocument>('screening-run', part).body;
  const match = (office: Office): ExclusionMatchDocument => office.newest('exclusion-match', 'match');

  test('is recorded also where everybody is clear, with the hash of what it looked at', () => {
    const office = new Office('2022-08-11');
    office.run(run());
    expect(recorded(office)).toEqual({
      runId: idOf('run'), part: 1, parts: 1, snapshots: [file], matcher: 'leie-match/v1',
      clinicians: [{ npi: NPI, result: 'CLEAR', matchIds: [] }, { npi: OTHER_NPI, result: 'CLEAR', matchIds: [] }],
    });
  });

  test('records the pairs that it finds, and goes by what a person decided from then on', () => {
    const office = new Office('2022-08-11');
    office.run(run({ found: [pair] }));
    expect(recorded(office).clinicians).toEqual([{ npi: NPI, result: 'POTENTIAL', matchIds: [idOf('match')] }, { npi: OTHER_NPI, result: 'CLEAR', matchIds: [] }]);
    expect(match(office).body).toMatchObject({ state: 'POTENTIAL', source: 'LEIE', fileMonth: '2022-07', matcher: 'leie-match/v1' });

    office.run({ verb: 'decideExclusionMatch', match: match(office), state: 'FALSE_POSITIVE', reason: 'another person' }, 'reviewer');
    office.run(run({ partId: idOf('later'), known: [match(office)] }));
    expect(recorded(office, 'later').clinicians[0]).toEqual({ npi: NPI, result: 'FALSE_POSITIVE', matchIds: [idOf('match')] });
    expect(refusalOf(() => { office.run(run({ partId: idOf('again'), found: [{ ...pair, previous: match(office) }] })); })).toBe('SCREENING_DECIDED');
    office.run(run({ partId: idOf('changed'), found: [{ ...pair, pairHash: other, previous: match(office) }] }));
    expect([recorded(office, 'changed').clinicians[0]?.result, match(office).version, match(office).body.state]).toEqual(['POTENTIAL', 3, 'POTENTIAL']);
  });

  test.each<readonly [string, Partial<RecordScreeningRun>]>([
    ['a part beyond the last', { part: 2 }],
    ['a clinician twice', { clinicians: [NPI, NPI] }],
    ['a pair of somebody else', { clinicians: [OTHER_NPI], found: [pair] }],
    ['a pair twice', { found: [pair, pair] }],
    ['no file', { snapshots: [] }],
    ['files of two lists', { snapshots: [file, { ...file, source: 'SAM' }] }],
    ['nobody', { clinicians: [] }],
  ])('with %s is refused', (_, changes) => {
    expect(refusalOf(() => { new Office('2022-08-11').run(run(changes)); })).toBe('INVALID_INPUT');
  });

  test('names the gravest of a clinician’s pairs', () => {
    expect([gravest([]), gravest(['FALSE_POSITIVE']), gravest(['POTENTIAL', 'FALSE_POSITIVE']), gravest(['POTENTIAL', 'CONFIRMED'])]).toEqual(['CLEAR', 'FALSE_POSITIVE', 'POTENTIAL', 'CONFIRMED']);
  });
});

test('an exclusion that a full file drops without a word counts as over from that file’s month, unless the end is known', () => {
  const row = readLeieRow(rowOf({ LASTNAME: 'DOE', EXCLDATE: '20220120' }));
  expect(noLongerListed(row, '2022-09').reinstatedOn).toBe('2022-09-01');
  expect(noLongerListed({ ...row, reinstatedOn: '2022-08-15' }, '2022-09').reinstatedOn).toBe('2022-08-15');
});
