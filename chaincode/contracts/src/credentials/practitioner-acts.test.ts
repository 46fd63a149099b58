import type { ConsentDocument, PractitionerAct, PractitionerSignature, RecordConsent } from '@medaccord/domain';
import { practitionerActBytes } from '@medaccord/domain';
import type { Party } from '../testing/contract-network.js';
import { refusalOf } from '../testing/contract-network.js';
import { inRole } from '../testing/founded-registry.js';
import { organisations } from '../testing/organisations.js';
import type { OrganisationOfTest } from '../testing/organisations.js';
import { HOSPITAL, NPI, StaffOffice } from './testing/staff-office.js';

const other = '1003357849';
const BOARD = organisations.board.mspId;
const release = { npi: NPI, elements: ['npdb'], from: '2026-01-01', thru: '2099-12-31', documentHash: 'ab'.repeat(32) } as const;

describe('a practitioner’s own certificate', () => {
  let staff: StaffOffice;
  let registrar: Party;
  let ada: Party;

  /** Somebody whose certificate an organisation's authority issued with that NPI in it. */
  const practitioner = (npi: string, name: string, role = 'practitioner', { mspId }: OrganisationOfTest = organisations.board): Promise<Party> =>
    staff.network.as(mspId, name, { 'medaccord.role': role, 'medaccord.npi': npi });
  const introduce = async (by: Party, party: Party, npi: string, authority: OrganisationOfTest = organisations.board, mspId: string = BOARD): Promise<string> => {
    const request = { npi, certificate: party.certificate, authority: await staff.network.authorityOf(authority), possession: party.sign(practitionerActBytes('medaccord', mspId, { act: 'possession', npi })) };
    return (JSON.parse((await by.submit('registry', 'introducePractitioner', request)).result) as { outcome: string }).outcome;
  };
  const codeOf = async (call: Promise<unknown>): Promise<string> => (await refusalOf(call)).code;
  const signed = (party: Party, act: PractitionerAct): PractitionerSignature => ({ signer: party.fingerprint, signature: party.sign(practitionerActBytes('medaccord', HOSPITAL, act)) });
  const consentBy = (party: Party, consentId: string, changes: Partial<RecordConsent['consent']> = {}): RecordConsent =>
    ({ verb: 'recordConsent', consentId, consent: { ...release, recordedAs: 'practitioner-signed' }, practitioner: signed(party, { act: 'consent', consentId, ...release, ...changes }) });
  const recorded = (consentId: string): Promise<ConsentDocument> => staff.read<ConsentDocument>('credentialing', 'readNewest', 'consent', consentId);

  beforeAll(async () => {
    staff = await StaffOffice.start();
    registrar = await inRole(staff.network, 'board', 'registrar');
    ada = await practitioner(NPI, 'ada');
  }, 120_000);

  afterAll(async () => {
    await staff.stop();
  });

  test('is introduced by the registrar of the board whose licence the practitioner holds', async () => {
    expect(await introduce(registrar, ada, NPI)).toBe('INTRODUCED');
    expect(await introduce(registrar, ada, NPI)).toBe('ALREADY_RECORDED');
    expect(await registrar.evaluate('registry', 'readPractitioners', { npi: NPI })).toMatchObject([{ npi: NPI, mspId: BOARD, fingerprint: ada.fingerprint }]);
  });

  test('is not introduced by anybody else, nor where its holder is not who it should be', async () => {
    const hospital = await inRole(staff.network, 'hospital', 'credentialing');
    expect(await codeOf(introduce(hospital, await practitioner(NPI, 'forged', 'practitioner', organisations.hospital), NPI, organisations.hospital, HOSPITAL))).toBe('FORBIDDEN_ORGANISATION');
    expect(await codeOf(introduce(await inRole(staff.network, 'board', 'disciplinary-officer'), ada, NPI))).toBe('FORBIDDEN_ROLE');
    expect(await codeOf(introduce(await inRole(staff.network, 'otherBoard', 'registrar'), await practitioner(NPI, 'elsewhere', 'practitioner', organisations.otherBoard), NPI, organisations.otherBoard, organisations.otherBoard.mspId))).toBe('PRACTITIONER_NOT_LICENSED');
    expect(await codeOf(introduce(registrar, await practitioner(NPI, 'foreign', 'practitioner', organisations.hospital), NPI))).toBe('CERTIFICATE_NOT_OF_AUTHORITY');
    expect(await codeOf(introduce(registrar, await practitioner(NPI, 'foreign', 'practitioner', organisations.hospital), NPI, organisations.hospital))).toBe('CERTIFICATE_NOT_OF_AUTHORITY');
    expect(await codeOf(introduce(registrar, await practitioner(other, 'somebody'), NPI))).toBe('CERTIFICATE_NOT_OF_PRACTITIONER');
    expect(await codeOf(introduce(registrar, await practitioner(NPI, 'clerk', 'registrar'), NPI))).toBe('CERTIFICATE_NOT_OF_PRACTITIONER');
    expect(await codeOf(introduce(registrar, await practitioner(other, 'somebody'), other))).toBe('PRACTITIONER_NOT_LICENSED');
    const second = await practitioner(NPI, 'ada-2');
    expect(await codeOf(introduce(registrar, { ...second, sign: (bytes) => ada.sign(bytes) }, NPI))).toBe('SIGNATURE_INVALID');
    expect(await codeOf(introduce(registrar, { ...ada, certificate: 'no certificate' }, NPI))).toBe('CERTIFICATE_UNREADABLE');
  });

  test('signs a release and its withdrawal, and each is kept as the practitioner’s own act', async () => {
    const consentId = staff.newId();
    await staff.apply('credentialing', consentBy(ada, consentId));
    expect((await recorded(consentId)).body).toMatchObject({ recordedAs: 'practitioner-signed', practitioner: { signer: ada.fingerprint } });
    expect(await codeOf(staff.apply('credentialing', consentBy(ada, consentId)))).toBe('DOCUMENT_EXISTS');
    const reason = 'moved away';
    const withdrawal = { verb: 'withdrawConsent', consent: await recorded(consentId), reason, practitioner: signed(ada, { act: 'withdrawal', consentId, npi: NPI, reason }) } as const;
    expect(await codeOf(staff.apply('credentialing', { ...withdrawal, reason: 'told to' }))).toBe('SIGNATURE_INVALID');
    await staff.apply('credentialing', withdrawal);
    expect((await recorded(consentId)).body.withdrawn).toMatchObject({ reason, practitioner: { signer: ada.fingerprint } });
  });

  test('lets the practitioner bring in person what the practitioner has signed, and nothing else', async () => {
    const consentId = staff.newId();
    const by = await inRole(staff.network, 'hospital', 'service');
    expect(await staff.send('practitioner', staff.command('practitioner', consentBy(ada, consentId)), { by })).toMatchObject({ code: 0 });
    const unsigned = { verb: 'withdrawConsent', consent: await recorded(consentId), reason: 'x' } as const;
    expect(await codeOf(staff.apply('practitioner', unsigned, { by }))).toBe('FORBIDDEN_ROLE');
  });

  test('is nobody else’s: a hospital’s administrator, another practitioner and altered bytes are refused', async () => {
    const consentId = staff.newId();
    const admin = await inRole(staff.network, 'hospital', 'credentialing');
    const refused = (command: RecordConsent): Promise<string> => codeOf(staff.apply('credentialing', command));
    expect(await refused(consentBy(admin, consentId))).toBe('SIGNER_UNKNOWN');
    expect(await refused({ ...consentBy(admin, consentId), practitioner: { ...signed(admin, { act: 'consent', consentId, ...release }), signer: ada.fingerprint } })).toBe('SIGNATURE_INVALID');
    expect(await refused(consentBy(await practitioner(other, 'somebody'), consentId))).toBe('SIGNER_UNKNOWN');
    expect(await refused(consentBy(ada, consentId, { thru: '2026-12-31' }))).toBe('SIGNATURE_INVALID');
    expect(await refused({ ...consentBy(ada, staff.newId()), consentId })).toBe('SIGNATURE_INVALID');
    const { practitioner: _, ...unsigned } = consentBy(ada, consentId);
    expect(await refused(unsigned)).toBe('INVALID_INPUT');
  });

  test('signs no more once the board has withdrawn it, also when that happens meanwhile', async () => {
    const consentId = staff.newId();
    await staff.apply('credentialing', consentBy(ada, consentId));
    const command = staff.command('credentialing', consentBy(ada, staff.newId()));
    const withdraw = async (by: Party): Promise<string> => (JSON.parse((await by.submit('registry', 'withdrawPractitioner', { npi: NPI, fingerprint: ada.fingerprint })).result) as { outcome: string }).outcome;
    expect(await codeOf(withdraw(await inRole(staff.network, 'otherBoard', 'registrar')))).toBe('SIGNER_UNKNOWN');
    expect(await codeOf(withdraw(await inRole(staff.network, 'hospital', 'credentialing')))).toBe('FORBIDDEN_ORGANISATION');
    expect(await staff.endorseThen('credentialing', command, () => withdraw(registrar))).toBe(11);
    expect(await withdraw(registrar)).toBe('ALREADY_RECORDED');
    expect(await codeOf(staff.apply('credentialing', consentBy(ada, staff.newId())))).toBe('SIGNER_WITHDRAWN');
    expect(await codeOf(introduce(registrar, ada, NPI))).toBe('SIGNER_WITHDRAWN');
    expect((await recorded(consentId)).body.recordedAs).toBe('practitioner-signed');
  });
});
