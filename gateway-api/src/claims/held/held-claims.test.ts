import { npiCheckDigit } from '@medaccord/domain';
import type { ClaimFile, ClaimLife, Npi } from '@medaccord/domain';
import { done } from '../../testing/founding.js';
import { TestConsortium } from '../../testing/test-consortium.js';
import { TestGateway } from '../../testing/test-gateway.js';
import type { TestAnswer } from '../../testing/test-gateway.js';
import { until } from '../../testing/until.js';
import { insure, loadInsurer, referenceClaim } from '../testing/insured-world.js';

const UNKNOWN = 'credential/v1 credential-unknown';
const startMs = 300_000;
const unit = (id: string): object => ({ id, name: 'Board', status: 'OPEN', kind: 'board', jurisdiction: 'CA', licenceTypes: ['MD'], timeZone: 'America/Los_Angeles' });

let consortium: TestConsortium;
let insurer: TestGateway;
let hospital: TestGateway;
let board: TestGateway;
let office: TestGateway;
let people = 0;

beforeAll(async () => {
  consortium = await TestConsortium.start(['registry', 'claims']);
  [office, insurer] = [await consortium.gateway('ConsortiumMSP'), await consortium.gateway('InsurerMSP')];
  [hospital, board] = [await consortium.gateway('HospitalMSP'), await consortium.gateway('LicensingBoardMSP')];
  await loadInsurer(office, insurer, { credentials: 'ENFORCE' });
  await done(office.write('/v1/members', 'member-admin', { mspId: 'LicensingBoardMSP', name: 'Boards', kind: 'licensing-board', units: [unit('ca-medical'), unit('ca-nursing')] }));
}, startMs);
afterAll(async () => { await consortium.stop(); });

/** A clinician of whom nothing is known, and a patient of their own. */
function clinician(unitId = 'ca-medical'): { readonly npi: Npi; readonly licence: object; readonly memberId: string } {
  people += 1;
  const nine = `1${String(people).padStart(8, '0')}`;

  return { npi: `${nine}${npiCheckDigit(nine)}`, licence: { jurisdiction: 'CA', board: unitId, type: 'MD', number: `A${people}` }, memberId: `M${people}` };
}

type Clinician = ReturnType<typeof clinician>;

async function issue({ npi, licence }: Clinician, status = 'ACTIVE', effectiveFrom = '2020-01-01'): Promise<void> {
  await done(board.write('/v1/providers', 'registrar', { items: [{ npi, type: 'individual', name: { family: 'Tester' }, taxonomies: [] }] }));
  await done(board.write('/v1/licences', 'registrar', { items: [{ licence, effectiveFrom, status }] }));
}

const link = async ({ npi, licence }: Clinician, type = 'ASSERT', by = board, role = 'registrar'): Promise<TestAnswer> => done(by.write('/v1/provider-licence-links', role, { items: [{ type, npi, licence }] }));
const report = async (through: string): Promise<TestAnswer> => done(board.write('/v1/board-reports', 'registrar', { board: 'ca-nursing', through }));
const decide = async (...claimIds: readonly string[]): Promise<TestAnswer> => insurer.write('/v1/adjudications', 'claims-examiner', { claims: claimIds.map((claimId) => ({ claimId })) });
const file = async (claimId: string): Promise<ClaimFile> => (await insurer.read(`/v1/claims/${claimId}`, 'claims-examiner')).json as unknown as ClaimFile;

/** A claim for a visit to the clinician, not decided yet. */
async function submitted({ npi, memberId }: Clinician, number = memberId): Promise<string> {
  const claim = { ...referenceClaim(number, memberId), rendering: { entity: 'person', npi, taxonomy: '207Q00000X' } };
  const { json } = await done(hospital.write('/v1/claims', 'biller', { insurerMsp: 'InsurerMSP', claims: [claim] }));

  return (json['claims'] as { claimId: string }[])[0]?.claimId ?? '';
}

async function held(who: Clinician): Promise<string> {
  await insure(insurer, who.memberId);
  const claimId = await submitted(who);
  expect((await decide(claimId)).json['claims']).toMatchObject([{ outcome: 'PENDED', reasons: [UNKNOWN] }]);

  return claimId;
}

async function released(claimId: string): Promise<ClaimFile> {
  return until(async () => {
    const found = await file(claimId);
    return found.adjudication === null ? undefined : found;
  });
}

describe('a held claim is decided by the gateway itself', () => {
  test.each<[string, (who: Clinician) => Promise<unknown>, (who: Clinician) => Promise<unknown>]>([
    ['its board says whose licence it is', issue, link],
    ['a hospital’s proposal is confirmed', async (who) => { await issue(who); await link(who, 'PROPOSE', hospital, 'credentialing'); }, async (who) => link(who, 'CONFIRM')],
    ['a status word is corrected', async (who) => { await issue(who, 'UNKNOWN'); await link(who); }, async ({ licence }) => {
      const { number } = licence as { number: string };
      const correction = { kind: 'CORRECTION', target: 1, action: { type: 'ISSUE', effectiveFrom: '2020-01-01', status: 'ACTIVE' } };
      await done(board.write(`/v1/licences/CA/ca-medical/MD/${number}/orders`, 'registrar', { expectedSequence: 1, steps: [correction] }));
    }],
  ])('when %s', async (_, before, answer) => {
    const who = clinician();
    await before(who);
    const claimId = await held(who);
    await answer(who);

    const { adjudication, eob } = await released(claimId);
    expect(eob).toMatchObject({ version: 1, body: { decision: 'ZERO_PAY' } }); // all of it is deductible
    expect(adjudication).toMatchObject({ recorded: { by: { mspId: 'InsurerMSP', actorId: 'gateway', role: 'service' } }, body: { bySystem: { reason: 'REGISTRY_ANSWERS', heldFor: [UNKNOWN] } } });
    const { history } = (await hospital.read(`/v1/claims/${claimId}/history`, 'biller')).json as unknown as ClaimLife;
    expect(history.filter(({ says }) => says === 'REGISTRY_ANSWERS')).toHaveLength(1);
  }, startMs);

  test('when a silent board speaks again', async () => {
    const who = clinician('ca-nursing');
    await issue(who);
    await link(who);
    await report('2026-03-01T12:00:00.000Z'); // the day before the visit, and no word since
    const claimId = await held(who);
    await report(new Date().toISOString());

    expect((await released(claimId)).eob).toMatchObject({ body: { decision: 'ZERO_PAY' } });
  }, startMs);

  test('also to be denied', async () => {
    const who = clinician();
    const claimId = await held(who);
    await issue(who, 'ACTIVE', '2026-03-03');
    await link(who);

    expect((await released(claimId)).eob).toMatchObject({ body: { decision: 'DENIED', lines: [{ adjustments: [{ group: 'CO', reason: 'B7' }] }] } });
  }, startMs);

  test('once, also by two replicas', async () => {
    const other = await TestGateway.start({ issuer: consortium.issuer, environment: consortium.environment('InsurerMSP', '2') });
    const who = clinician();
    await issue(who);
    const claimId = await held(who);
    await link(who);
    expect((await released(claimId)).adjudication).toMatchObject({ version: 1 });
    await other.stop();
    expect((await file(claimId)).adjudication).toMatchObject({ version: 1 });
  }, startMs);

  test('later, where the hospital’s peer was away when the answer came', async () => {
    const who = clinician();
    await issue(who);
    const claimId = await held(who);
    consortium.network.control.stop('HospitalMSP');
    await link(who);
    expect((await file(claimId)).adjudication).toBeNull();
    await consortium.network.control.start('HospitalMSP');

    expect((await released(claimId)).adjudication).toMatchObject({ version: 1 });
  }, startMs);

  test('at its next start, where it was down', async () => {
    const who = clinician();
    await issue(who);
    const claimId = await held(who);
    await insurer.stop();
    await link(who);
    insurer = await consortium.gateway('InsurerMSP');

    expect((await released(claimId)).adjudication).toMatchObject({ version: 1 });
  }, startMs);
});

describe('a held claim stays with people', () => {
  /** A claim that is held and released after the others were looked at: looks go over all that waits. */
  async function everythingWasLookedAt(): Promise<void> {
    const who = clinician();
    await issue(who);
    const claimId = await held(who);
    await link(who);
    await released(claimId);
  }

  test('where it is held for another reason too', async () => {
    const [known, unknown] = [clinician(), clinician()];
    await issue(known);
    await link(known);
    await issue(unknown);
    await insure(insurer, known.memberId);
    const [first, second] = [await submitted(known), await submitted({ ...unknown, memberId: known.memberId }, 'SECOND')];
    expect((await decide(first)).json['claims']).toMatchObject([{ outcome: 'ADJUDICATED' }]);
    expect((await decide(second)).json['claims']).toMatchObject([{ outcome: 'PENDED', reasons: ['duplicate/v2 suspect-duplicate', UNKNOWN] }]);
    await link(unknown);
    await everythingWasLookedAt();

    expect(await file(second)).toMatchObject({ adjudication: null, open: { state: 'PENDED' } });
  }, startMs);

  test('where somebody has asked for something', async () => {
    const who = clinician();
    await issue(who);
    const claimId = await held(who);
    await done(insurer.write(`/v1/claims/${claimId}/pend/question`, 'claims-examiner', { of: 'provider', codes: ['M127'], dueOn: '2030-01-01' }));
    await link(who);
    await everythingWasLookedAt();

    expect(await file(claimId)).toMatchObject({ adjudication: null, pend: { body: { state: 'INFORMATION_REQUESTED' } } });
  }, startMs);

  test('where the insurer switched the release off', async () => {
    await insurer.stop();
    insurer = await consortium.gateway('InsurerMSP', { MEDACCORD_HELD_CLAIMS: 'leave' });
    const who = clinician();
    await issue(who);
    const claimId = await held(who);
    await link(who);
    const byPerson = await decide(claimId);
    expect(byPerson.json['claims']).toMatchObject([{ outcome: 'ADJUDICATED' }]);
    expect((await file(claimId)).adjudication).toMatchObject({ recorded: { by: { role: 'claims-examiner' } } });
    expect((await file(claimId)).adjudication?.body).not.toHaveProperty('bySystem');
  }, startMs);
});
