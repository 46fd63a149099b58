import { executionBy } from '../members/testing/executions.js';
import { refusalOf } from '../shared/testing/refusal.js';
import { standing } from './fold-standing.js';
import { licenceId } from './licence-key.js';
import { providerStanding } from './provider-standing.js';
import type { ProviderFacts } from './provider-standing.js';
import { reportSource, sourceState, withSource } from './source-report.js';
import type { SourceReport, SourceState } from './source-report.js';
import { licence } from './testing/timelines.js';

const through = '2026-03-09T06:00:00.000Z';
const report = (overrides: Partial<SourceReport> = {}): SourceReport => ({ schema: 'source-report/v1', board: 'ca-medical', through, mspId: 'BoardMSP', sequence: 1, ...overrides });

describe('a board’s report', () => {
  test('says up to when its records are complete', () => {
    expect(reportSource(undefined, { board: 'ca-medical', through }, executionBy('board'))).toEqual(report());
    expect(reportSource(report(), { board: 'ca-medical', through: '2026-03-10T06:00:00.000Z' }, executionBy('board'))).toEqual(report({ through: '2026-03-10T06:00:00.000Z', sequence: 2 }));
    expect(reportSource(report(), { board: 'ca-medical', through }, executionBy('board'))).toBeUndefined();
  });

  test.each([
    ['of another agency', 'ca-medical', through, executionBy('otherBoard'), 'FORBIDDEN_ORGANISATION'],
    ['of a hospital', 'ca-medical', through, executionBy('hospital'), 'FORBIDDEN_ORGANISATION'],
    ['by a certificate of the agency’s other board', 'ca-medical', through, executionBy('board', { unit: 'ca-nursing' }), 'FORBIDDEN_UNIT'],
    ['about the future', 'ca-medical', '2026-03-10T12:00:00.001Z', executionBy('board'), 'SOURCE_REPORT_OUT_OF_BOUNDS'],
    ['of less than the last one', 'ca-medical', '2026-03-09T05:59:59.999Z', executionBy('board'), 'SOURCE_REPORT_OUT_OF_BOUNDS'],
  ])('is refused where it is one %s', (_, board, time, execution, code) => {
    expect(refusalOf(() => reportSource(report(), { board, through: time }, execution))).toBe(code);
  });

  test.each([
    ['2026-03-09T06:00:00.000Z', 'CURRENT'],
    ['2026-03-11T06:00:00.000Z', 'CURRENT'], // two days
    ['2026-03-11T06:00:00.001Z', 'STALE'],
    ['2026-03-16T06:00:00.000Z', 'STALE'], // seven days
    ['2026-03-16T06:00:00.001Z', 'SILENT'],
  ])('is at %s %s', (time, state) => {
    expect(sourceState(report(), time)).toEqual({ through, state });
  });

  test('is as old as the founders say where they say it', () => {
    const patience = { staleAfterHours: 1, silentAfterHours: 6 };
    const reported = reportSource(undefined, { board: 'ca-medical', through }, executionBy('board'), patience);
    expect(reported).toEqual(report({ patience }));
    expect(['2026-03-09T07:00:00.000Z', '2026-03-09T07:00:00.001Z', '2026-03-09T12:00:00.000Z', '2026-03-09T12:00:00.001Z'].map((time) => sourceState(reported, time)?.state)).toEqual(['CURRENT', 'STALE', 'STALE', 'SILENT']);
  });

  test('is not missed of a board that never made one, nor where there is no clock', () => {
    expect([sourceState(undefined, '2026-03-16T06:00:00.001Z'), sourceState(report(), undefined)]).toEqual([undefined, undefined]);
  });
});

// Golden scenario i: the board is silent; what its word covered stands, the rest is unknown, until it speaks again.
describe('an answer about a silent board’s licence', () => {
  const entries = [{ sequence: 1, kind: 'INITIAL', action: { type: 'ISSUE', effectiveFrom: '2020-01-01', status: 'ACTIVE' } }] as const;
  const npi = '1234567893';
  const query = { npi, jurisdiction: 'CA', from: '2026-03-08', thru: '2026-03-11' };
  const facts = (state?: SourceState['state']): ProviderFacts => ({
    registered: true,
    links: { schema: 'provider-links/v1', npi, jurisdiction: 'CA', links: [{ licence, events: [{ sequence: 1, type: 'ASSERT', mspId: 'BoardMSP', byBoard: true, recordedAt: through, subject: '', txId: '' }] }] },
    timelines: new Map([[licenceId(licence), { licence, entries }]]),
    ...(state === undefined ? {} : { sources: new Map([['ca-medical', { through, state }]]) }),
  });
  const periods = (state?: SourceState['state']): unknown => providerStanding(query, facts(state)).periods;
  const whole = [{ from: '2026-03-08', thru: '2026-03-11', authority: 'FULL' }];
  const split = [{ from: '2026-03-08', thru: '2026-03-09', authority: 'FULL' }, { from: '2026-03-10', thru: '2026-03-11', authority: 'UNKNOWN' }];

  test('is unknown from the day after its last word', () => {
    expect(periods('SILENT')).toEqual(split);
    expect(providerStanding(query, facts('SILENT')).licences).toMatchObject([{ silentAfter: '2026-03-09', source: { state: 'SILENT' }, periods: [{ authority: 'FULL' }, { authority: 'UNKNOWN' }] }]);
  });

  test('is as it was while the word is stale, and again once the board speaks', () => {
    expect([periods(), periods('CURRENT'), periods('STALE')]).toEqual([whole, whole, whole]);
    expect(providerStanding(query, facts('STALE')).licences).toMatchObject([{ source: { through, state: 'STALE' } }]);
  });

  test('is not touched where all its days are covered', () => {
    expect(providerStanding({ ...query, thru: '2026-03-09' }, facts('SILENT')).licences[0]).not.toHaveProperty('silentAfter');
  });

  test('is computed again as it was given, whether the board has spoken since or not', () => {
    const [given] = providerStanding(query, facts('SILENT')).licences;
    const known = [{ licence, knownAt: 1, linkKnownAt: 1, ...(given?.silentAfter === undefined ? {} : { silentAfter: given.silentAfter }) }];
    for (const state of [undefined, 'CURRENT', 'SILENT'] as const) expect(providerStanding({ ...query, known }, facts(state)).periods).toEqual(split);
    expect(providerStanding({ ...query, known: [{ licence, knownAt: 1, linkKnownAt: 1 }] }, facts('SILENT')).periods).toEqual(whole);
  });

  test('about one licence on one day likewise', () => {
    const on = (asOf: string): string => withSource(standing({ licence, entries }, asOf), { through, state: 'SILENT' }).authority;
    expect([on('2026-03-09'), on('2026-03-10')]).toEqual(['FULL', 'UNKNOWN']);
    expect(withSource(standing({ licence, entries }, '2026-03-10'), undefined)).not.toHaveProperty('source');
  });
});
