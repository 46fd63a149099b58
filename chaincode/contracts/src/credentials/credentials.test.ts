import { addDays } from '@medaccord/domain';
import type { CredentialFileDocument, GrantTemporaryPrivileges, PrivilegesDocument, VerificationDocument } from '@medaccord/domain';
import { refusalOf } from '../testing/contract-network.js';
import { inRole } from '../testing/founded-registry.js';
import { organisations } from '../testing/organisations.js';
import { HOSPITAL, LICENCE, NPI, StaffOffice } from './testing/staff-office.js';

const office = 'medical-staff-office';
const subject = { npi: NPI, profession: 'psychologist', jurisdiction: 'CA', payer: 'general', programme: 'ncqa-accreditation', recipe: 'common/2025-07', event: 'initial' } as const;

describe('the credentials contract', () => {
  let staff: StaffOffice;

  beforeAll(async () => {
    staff = await StaffOffice.start();
  }, 120_000);

  afterAll(async () => {
    await staff.stop();
  });

  test('answers a licence from the registry, with positions that anybody can check', async () => {
    const verificationId = staff.newId();
    const receipt = await staff.apply(office, staff.licenceQuestion(verificationId));
    expect(receipt.body).toMatchObject({ verb: 'collectVerification', items: [{ kind: 'verification', id: verificationId, version: 1 }] });
    const { body, recorded } = await staff.read<VerificationDocument>(office, 'readNewest', 'verification', verificationId);
    expect(body.finding).toMatchObject({ type: 'standing', authority: 'FULL', licences: [{ licence: LICENCE, knownAt: 1 }] });
    expect(body.ledgerProof).toEqual({ channel: 'medaccord', txId: recorded.txId });
  });

  test('keeps every version, and proves what a command rests on', async () => {
    const verificationId = staff.newId();
    await staff.apply(office, staff.licenceQuestion(verificationId));
    const collected = await staff.read<VerificationDocument>(office, 'readNewest', 'verification', verificationId);
    const review = { verb: 'reviewVerification', verification: collected, decision: 'accepted', discrepancies: [] } as const;
    const forged = { ...review, verification: { ...collected, body: { ...collected.body, warnings: ['X'] } } };
    expect((await refusalOf(staff.apply(office, forged, { person: 'reviewer' }))).code).toBe('DOCUMENT_MISMATCH');
    await staff.apply(office, review, { person: 'reviewer' });
    expect((await refusalOf(staff.apply(office, review, { person: 'reviewer' }))).code).toBe('STALE_VERSION');
    const history = await staff.read<readonly VerificationDocument[]>(office, 'readHistory', 'verification', verificationId);
    expect(history.map(({ version, body }) => [version, body.review?.by])).toEqual([[1, undefined], [2, 'reviewer']]);
  });

  test('carries a file on and lists it', async () => {
    const fileId = staff.newId();
    await staff.apply(office, { verb: 'openCredentialFile', fileId, ...subject });
    const file = await staff.read<CredentialFileDocument>(office, 'readNewest', 'credential-file', fileId);
    expect(file.body).toMatchObject({ state: 'COLLECTING', npi: NPI });
    const page = await staff.read<{ readonly items: readonly CredentialFileDocument[] }>(office, 'listDocuments', 'credential-file', '', '10');
    expect(page.items.map(({ id }) => id)).toEqual([fileId]);
  });

  test('grants for a time on what the registry answers in the same transaction', async () => {
    const today = new Date().toISOString().slice(0, 10);
    const fppe = { criteria: 'first ten cases', method: 'chart-review', thru: addDays(today, 90), externalReviewTrigger: 'two complications' } as const;
    const grant = (privilegesId: string, npi: string): GrantTemporaryPrivileges => ({
      verb: 'grantTemporaryPrivileges', privilegesId, npi, jurisdiction: 'CA', formVersion: 'im/2026', kind: 'temporary', need: 'complete application', thru: addDays(today, 30),
      items: [{ code: 'CORE-IM', group: 'core', prescribing: false, fppe }],
    });
    const privilegesId = staff.newId();
    await staff.apply('medical-director', grant(privilegesId, NPI));
    expect((await staff.read<PrivilegesDocument>(office, 'readNewest', 'privileges', privilegesId)).body).toMatchObject({ from: today, items: [{ state: 'GRANTED', fppe: { from: today } }] });
    expect((await refusalOf(staff.apply('medical-director', grant(staff.newId(), '1003357849')))).code).toBe('LICENCE_AUTHORITY_NEEDED');
    expect((await refusalOf(staff.apply(office, grant(staff.newId(), NPI)))).code).toBe('FORBIDDEN_ROLE');
  });

  test('knows a resend by its hash, and another command with its id', async () => {
    const command = staff.command(office, staff.licenceQuestion(staff.newId()));
    await staff.send(office, command);
    expect((await refusalOf(staff.send(office, command))).code).toBe('ALREADY_RECORDED');
    const other = { ...command, body: staff.licenceQuestion(staff.newId()) };
    expect((await refusalOf(staff.send(office, other))).code).toBe('COMMAND_ID_REUSED');
  });

  test('is deaf to strangers: other owners, other roles, other peers', async () => {
    const question = staff.licenceQuestion(staff.newId());
    expect((await refusalOf(staff.apply('biller', question))).code).toBe('FORBIDDEN_ROLE');
    expect((await refusalOf(staff.apply(office, question, { ownerMsp: organisations.insurer.mspId }))).code).toBe('FORBIDDEN_ORGANISATION');
    expect((await refusalOf(staff.read('biller', 'listDocuments', 'verification', '', '10'))).code).toBe('FORBIDDEN_ROLE');
    const stranger = await inRole(staff.network, 'insurer', 'credentialing');
    expect((await refusalOf(stranger.evaluate('claims', 'credentials:listDocuments', ['verification', '', '10'], { endorsers: [HOSPITAL] }))).code).toBe('FOREIGN_PEER');
    const person = await staff.person(office);
    expect((await refusalOf(person.evaluate('claims', 'readDocuments', ['[]']))).code).toBe('FORBIDDEN_ROLE');
    const biller = await staff.person('biller');
    expect((await refusalOf(biller.evaluate('claims', 'readNewest', ['credential-file', staff.newId()]))).code).toBe('INVALID_INPUT');
  });

  test('refuses short salts, unknown commands and unknown kinds', async () => {
    const question = staff.licenceQuestion(staff.newId());
    expect((await refusalOf(staff.apply(office, question, { salt: '00' }))).code).toBe('SALT_TOO_SHORT');
    expect((await refusalOf(staff.apply(office, { ...question, verb: 'denyPrivilege' } as never))).code).toBe('INVALID_INPUT');
    expect((await refusalOf(staff.read(office, 'listDocuments', 'claim', '', '10'))).code).toBe('INVALID_INPUT');
    expect((await refusalOf(staff.read(office, 'readNewest', 'privileges', staff.newId()))).code).toBe('DOCUMENT_NOT_FOUND');
  });
});
