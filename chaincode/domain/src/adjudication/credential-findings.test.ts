import { claimOf, idOf, line } from '../claims/testing/builders.js';
import { ClaimsDesk } from '../claims/testing/claims-desk.js';
import type { LicenceEvent } from '../licences/licence-event.js';
import { licenceEventId, licenceId } from '../licences/licence-key.js';
import type { ProviderStanding } from '../licences/standing-query.js';
import { licence } from '../licences/testing/timelines.js';
import { credentialFindings, deniedStandings } from './credential-findings.js';

const recordedAt = '2026-02-09T08:00:00.000Z';
const event = (sequence: number, rest: Pick<LicenceEvent, 'kind' | 'action' | 'order'>): LicenceEvent => ({
  schema: 'licence-event/v1', licence, sequence, actionId: '', recordedAt, recordedBy: { mspId: 'BoardMSP', role: 'registrar', subject: '' }, txId: '', digest: '', ...rest,
});
const issue = event(1, { kind: 'INITIAL', action: { type: 'ISSUE', effectiveFrom: '2020-01-01', validThru: '2027-12-31', status: 'ACTIVE' } });
const suspension = event(2, { kind: 'INITIAL', action: { type: 'SUSPEND', summary: true, effectiveFrom: '2026-02-01', automaticReinstatement: false, basisCodes: [] }, order: { number: 'B-17', decidedOn: '2026-01-30' } });
const reprimand = event(3, { kind: 'INITIAL', action: { type: 'ENCUMBER', encumbrance: 'REPRIMAND', effectiveFrom: '2026-02-05', automaticReinstatement: false, basisCodes: [] } });

/** Two lines of which the registry said so much when they were decided. */
function decided(authority: 'NONE' | 'FULL'): ReturnType<typeof deniedStandings> {
  const desk = new ClaimsDesk();
  desk.authority = authority;
  desk.submit('claim', claimOf([line(), line({ serviceFrom: '2026-02-04', serviceThru: '2026-02-04' })]));
  desk.adjudicate(['claim']);

  return deniedStandings(desk.claim('claim'), desk.document('adjudication', idOf('claim'), 1));
}

const denied = decided('NONE');
const answers = denied.map(({ standing }): ProviderStanding => ({
  ...standing, registered: true,
  licences: [{ licence, knownAt: 2, linkKnownAt: 1, periods: [{ from: standing.from, thru: standing.thru, lifecycle: 'ACTIVE', authority: 'NONE', encumbrances: [], provenance: [licenceEventId(licence, 1), licenceEventId(licence, 2)] }] }],
}));

describe('what stands behind a denial for want of a licence', () => {
  test('is told line by line: the licence, and the entries that the standing was folded from', () => {
    const findings = credentialFindings(denied, answers, new Map([[licenceId(licence), [issue, suspension, reprimand]]]));
    expect(findings.map(({ line: number, from }) => [number, from])).toEqual([[1, denied[0]?.standing.from], [2, '2026-02-04']]);
    expect(findings[0]).toMatchObject({ licence, lifecycle: 'ACTIVE' });
    expect(findings[0]?.events).toEqual([
      { sequence: 1, action: 'ISSUE', effectiveFrom: '2020-01-01', effectiveThru: '2027-12-31', recordedAt },
      { sequence: 2, action: 'SUSPEND', orderNumber: 'B-17', decidedOn: '2026-01-30', effectiveFrom: '2026-02-01', recordedAt },
    ]);
  });

  test('is told without what was sealed since', () => {
    expect(credentialFindings(denied, answers, new Map([[licenceId(licence), [issue]]]))[0]?.events.map(({ sequence }) => sequence)).toEqual([1]);
    expect(credentialFindings(denied, answers, new Map())[0]?.events).toEqual([]);
  });

  test('is nothing where nothing was denied for that, nor of licences that gave authority', () => {
    expect(decided('FULL')).toEqual([]);
    const full = answers.map((answer) => ({ ...answer, licences: answer.licences.map((one) => ({ ...one, periods: one.periods.map((period) => ({ ...period, authority: 'FULL' as const })) })) }));
    expect(credentialFindings(denied, full, new Map())).toEqual([]);
  });
});
