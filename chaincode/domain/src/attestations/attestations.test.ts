import { executionBy } from '../members/testing/executions.js';
import { providerStanding } from '../licences/provider-standing.js';
import { licenceId } from '../licences/licence-key.js';
import type { FoldInput } from '../licences/fold-standing.js';
import { recorded, issued, orderOf, reinstated, revoked, suspended } from '../licences/testing/licences.js';
import { licence } from '../licences/testing/timelines.js';
import type { LicencePeriod } from '../licences/standing-query.js';
import type { BoardOrderStep } from '../licences/board-order.js';
import { addDays } from '../shared/dates.js';
import { refusalOf } from '../shared/testing/refusal.js';
import { attest, ATTESTATION_DAYS, licenceOf, statusEntries } from './attestation.js';
import type { LicenceAttestation } from './attestation.js';
import { attestationStatus } from './attestation-status.js';
import { introduceIssuerKey, keyStateAt, revokeIssuerKey } from './issuer-key.js';
import type { IssuerKey } from './issuer-key.js';

const npi = '1234567893';
const today = '2026-03-10';
const facts = { licence, channel: 'medaccord', board: 'BoardMSP', holder: 'FIXTURE, AVERY' };
const issuance = { uuid: 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6', issuer: 'did:web:board.example', now: `${today}T12:00:00.000Z` };
const order = (...steps: readonly BoardOrderStep[]): FoldInput => recorded(issued(), orderOf(steps)).state.timeline;
const from = (effectiveFrom: string, step: BoardOrderStep): BoardOrderStep => ({ ...step, ...('action' in step ? { action: { ...step.action, effectiveFrom } } : {}) });
const probation: BoardOrderStep = { kind: 'INITIAL', action: { type: 'ENCUMBER', encumbrance: 'PROBATION', effectiveFrom: '2026-02-01', automaticReinstatement: false, basisCodes: [] } };

function standingOf(timeline: FoldInput, on = today, confirmed = true): ReturnType<typeof providerStanding> {
  const event = { sequence: 1, type: 'ASSERT', mspId: 'BoardMSP', byBoard: true, recordedAt: '2026-01-01T00:00:00.000Z', subject: 'c'.repeat(64), txId: 'tx' } as const;
  const links = { schema: 'provider-links/v1', npi, jurisdiction: licence.jurisdiction, links: confirmed ? [{ licence, events: [event] }] : [] } as const;
  return providerStanding({ npi, jurisdiction: licence.jurisdiction, from: on, thru: addDays(on, ATTESTATION_DAYS - 1) }, { registered: true, links, timelines: new Map([[licenceId(licence), timeline]]) });
}

const attested = (timeline: FoldInput, on = today): LicenceAttestation => ({ ...attest({ ...facts, standing: standingOf(timeline, on) }, { ...issuance, now: `${on}T12:00:00.000Z` }), credentialStatus: statusEntries('https://board.example/v1/status-lists/1', 77) });
const periodOf = (timeline: FoldInput, on = today): LicencePeriod | undefined => licenceOf(standingOf(timeline, on), licence)?.periods[0];

describe('an attestation', () => {
  test('is a Verifiable Credential 2.0 of what the ledger answers, with its positions and a bit in each list', () => {
    const entry = { type: 'BitstringStatusListEntry', statusListIndex: '77' };
    expect(attested(issued().timeline)).toEqual({
      '@context': ['https://www.w3.org/ns/credentials/v2', 'https://www.w3.org/ns/credentials/undefined-terms/v2'],
      id: 'urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6', type: ['VerifiableCredential', 'LicenceStandingCredential'], issuer: 'did:web:board.example',
      validFrom: '2026-03-10T12:00:00.000Z', validUntil: '2026-04-09T00:00:00.000Z', // 30 days with the first
      credentialSubject: {
        npi, holder: 'FIXTURE, AVERY', licence, ledger: { channel: 'medaccord', board: 'BoardMSP' },
        standing: { asOf: today, lifecycle: 'ACTIVE', authority: 'FULL', encumbrances: [], knownAt: 1, linkKnownAt: 1, provenance: [`${licenceId(licence)}~1`] },
      },
      credentialStatus: ['revocation', 'suspension', 'refresh'].map((statusPurpose) => ({
        ...entry, statusPurpose, id: `https://board.example/v1/status-lists/1/${statusPurpose}#77`, statusListCredential: `https://board.example/v1/status-lists/1/${statusPurpose}`,
      })),
    });
  });

  test('ends where the answer changes by itself: at expiry, at a suspension that is ordered already', () => {
    expect(attested(issued({ validThru: '2026-03-20' }).timeline).validUntil).toBe('2026-03-21T00:00:00.000Z');
    expect(attested(order(from('2026-03-25', suspended()))).validUntil).toBe('2026-03-25T00:00:00.000Z');
  });

  test.each([
    ['a suspended licence', order(suspended())],
    ['a revoked one', order(revoked)],
    ['one that has lapsed', issued({ validThru: '2026-03-09' }).timeline],
    ['one whose roster’s word nobody understood', issued({ status: 'UNKNOWN' }).timeline],
  ])('is not given of %s, which somebody might take for a permission', (_, timeline) => {
    expect(refusalOf(() => attested(timeline))).toBe('NOTHING_TO_ATTEST');
  });

  test('is not given where nobody confirmed that the licence is the clinician’s', () => {
    expect(refusalOf(() => attest({ ...facts, standing: standingOf(issued().timeline, today, false) }, issuance))).toBe('LINK_NOT_FOUND');
  });
});

describe('a published bit', () => {
  const before = attested(issued().timeline).credentialSubject.standing;
  const bits = (now: LicencePeriod | undefined): string => Object.entries(attestationStatus(before, now)).filter(([, bit]) => bit).map(([purpose]) => purpose).join(' ');

  test.each([
    ['nothing', issued().timeline, ''],
    ['a renewal', order({ kind: 'INITIAL', action: { type: 'RENEW', effectiveFrom: '2026-02-01', validThru: '2028-01-31' } }), ''],
    ['a probation', order(probation), 'refresh'],
    ['a suspension', order(suspended()), 'suspension refresh'],
    ['a revocation', order(revoked), 'revocation suspension refresh'],
    ['a surrender', order({ kind: 'INITIAL', action: { type: 'SURRENDER', effectiveFrom: '2026-02-01', inLieuOfDiscipline: false } }), 'revocation suspension refresh'],
    ['retirement', order({ kind: 'INITIAL', action: { type: 'CHANGE_STATUS', effectiveFrom: '2026-02-01', status: 'RETIRED' } }), 'suspension refresh'],
    ['a word that the issue was an error', order({ kind: 'INITIAL', action: { type: 'CHANGE_STATUS', effectiveFrom: '2026-02-01', status: 'ISSUED_IN_ERROR' } }), 'revocation suspension refresh'],
    ['a suspension of later', order(from('2026-03-25', suspended())), ''],
  ])('after %s', (_, timeline, expected) => {
    expect(bits(periodOf(timeline))).toBe(expected);
  });

  test('goes back after a reinstatement, and is set where the link is in doubt', () => {
    const back = order(from('2026-03-01', suspended()), reinstated([2], '2026-03-12'));
    expect([bits(periodOf(back)), bits(periodOf(back, '2026-03-12'))]).toEqual(['suspension refresh', '']);
    expect(bits(undefined)).toBe('suspension refresh');
  });
});

describe('a key of a board', () => {
  const publicKey = { kty: 'EC', crv: 'P-256', x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU', y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0' } as const;
  const command = { publicKey, did: 'did:web:board.example' };
  const introduced = introduceIssuerKey(undefined, command, executionBy('board')) as IssuerKey;
  const earlier = 'e'.repeat(64);
  const revocation = (from: string, now = '2026-03-20T00:00:00.000Z', key: IssuerKey | undefined = introduced): IssuerKey | undefined => revokeIssuerKey(key, { keyId: introduced.keyId, from, earlier }, executionBy('board', { now }));

  test('is named by its thumbprint, whatever the order of its members', () => {
    // computed apart: SHA-256 of {"crv":"P-256","kty":"EC","x":…,"y":…}
    expect(introduced).toMatchObject({ schema: 'issuer-key/v1', mspId: 'BoardMSP', introducedAt: '2026-03-10T12:00:00.000Z', keyId: 'a0a232c2f194a53553cb1310ddbc0821e414b9d7ebfc290b323084d7d1020fe5' });
    expect(introduceIssuerKey(introduced, command, executionBy('board'))).toBeUndefined();
  });

  test('is introduced once, for the whole organisation, and never again after it was revoked', () => {
    expect(refusalOf(() => introduceIssuerKey(introduced, { ...command, did: 'did:web:other.example' }, executionBy('board')))).toBe('ISSUER_KEY_ALREADY_INTRODUCED');
    expect(refusalOf(() => introduceIssuerKey(undefined, command, executionBy('board', { unit: 'ca-medical' })))).toBe('FORBIDDEN_UNIT');
    expect(refusalOf(() => introduceIssuerKey(revocation('2026-03-15T00:00:00.000Z'), command, executionBy('board')))).toBe('ISSUER_KEY_REVOKED');
  });

  test('makes suspect what it signed from an instant on, and nothing before; the instant can be moved back alone', () => {
    const key = revocation('2026-03-15T00:00:00.000Z') as IssuerKey;
    expect(key.revoked).toEqual({ from: '2026-03-15T00:00:00.000Z', earlier, recordedAt: '2026-03-20T00:00:00.000Z' });
    expect(['2026-03-10T11:59:59.999Z', '2026-03-14T23:59:59.999Z', '2026-03-15T00:00:00.000Z'].map((at) => keyStateAt(key, at))).toEqual(['NOT_YET', 'GOOD', 'SUSPECT']);
    expect(keyStateAt(introduced, '2027-01-01T00:00:00.000Z')).toBe('GOOD');
    expect(revocation('2026-03-15T00:00:00.000Z', undefined, key)).toBeUndefined();
    expect(revocation('2026-03-12T00:00:00.000Z', undefined, key)?.revoked?.from).toBe('2026-03-12T00:00:00.000Z');
  });

  test('is not revoked before it was introduced, in the future, later than before, or where nobody knows it', () => {
    const key = revocation('2026-03-15T00:00:00.000Z');
    const refused = [() => revocation('2026-03-10T11:00:00.000Z'), () => revocation('2026-03-20T00:00:00.001Z'), () => revocation('2026-03-16T00:00:00.000Z', undefined, key)];
    expect(refused.map((attempt) => refusalOf(attempt))).toEqual(refused.map(() => 'REVOCATION_OUT_OF_BOUNDS'));
    expect(refusalOf(() => revokeIssuerKey(undefined, { keyId: introduced.keyId, from: introduced.introducedAt, earlier }, executionBy('board')))).toBe('ISSUER_KEY_NOT_FOUND');
  });
});
