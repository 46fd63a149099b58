import type { ApplicationCommand, ApplicationDocument, ApplicationStep } from '@medaccord/domain';
import { APPLICATION_TRANSACTIONS, commandHash, encodeApplicationCommand, TRANSIENT_COMMAND } from '@medaccord/domain';
import { sha256 } from '../platform/sha256.js';
import { newActionId } from '../testing/board-desk.js';
import type { ContractNetwork, Party } from '../testing/contract-network.js';
import { refusalOf } from '../testing/contract-network.js';
import { assertValid, inRole, startFoundedNetwork } from '../testing/founded-registry.js';

const CALIFORNIA = 'CaliforniaMSP';
const asked = { jurisdiction: 'CA', board: 'ca-medical', type: 'MD', basis: 'EXAMINATION', applicant: { name: 'Doe, Jane', reference: 'P-1001' } } as const;
const review: ApplicationStep = { to: 'UNDER_REVIEW', on: '2026-01-10' };
const denied: ApplicationStep = { to: 'DENIED', on: '2026-02-01', reason: 'False statement.', basisCodes: ['FRAUD'] };

describe('applications for licences', () => {
  let network: ContractNetwork;
  let service: Party;
  let hospital: Party;

  const command = (body: ApplicationCommand['body'], role = 'registrar', overrides: Partial<ApplicationCommand> = {}): ApplicationCommand => ({
    schema: 'application-command/v1', commandId: newActionId(), salt: newActionId(), actor: { id: `${role}@board`, role }, body, ...overrides,
  });
  const filing = (applicationId = newActionId()): ApplicationCommand['body'] => ({ verb: 'fileApplication', applicationId, asked, on: '2026-01-05' });
  const send = async (sent: ApplicationCommand, by = service, endorsers: readonly string[] = [CALIFORNIA]): ReturnType<Party['submit']> => {
    const bytes = encodeApplicationCommand(sent);
    return by.submit('registry', APPLICATION_TRANSACTIONS.keep, commandHash(bytes, sha256), { transient: { [TRANSIENT_COMMAND]: bytes }, endorsers });
  };
  const codeOf = async (call: Promise<unknown>): Promise<string> => (await refusalOf(call)).code;
  const versions = async (applicationId: string): Promise<readonly ApplicationDocument[]> => (await service.evaluate('registry', APPLICATION_TRANSACTIONS.read, { applicationId })) as readonly ApplicationDocument[];
  const newest = async (applicationId: string): Promise<ApplicationDocument> => {
    const last = (await versions(applicationId)).at(-1);
    if (last === undefined) throw new Error('no application');
    return last;
  };
  const step = async (applicationId: string, one: ApplicationStep, role = 'registrar'): ReturnType<Party['submit']> => send(command({ verb: 'stepApplication', application: await newest(applicationId), step: one }, role));
  const filed = async (): Promise<string> => {
    const id = newActionId();
    assertValid(await send(command(filing(id))));
    return id;
  };

  beforeAll(async () => {
    network = await startFoundedNetwork(['registry']);
    service = await inRole(network, 'board', 'service');
    hospital = await inRole(network, 'hospital', 'credentialing');
  }, 120_000);

  afterAll(async () => {
    await network.stop();
  });

  test('are carried from filing to denial and an appeal, every version kept with its person', async () => {
    const id = await filed();
    assertValid(await step(id, review));
    assertValid(await step(id, denied, 'board-member'));
    assertValid(await step(id, { to: 'UNDER_REVIEW', on: '2026-02-20', reason: 'Remanded.' }));
    expect((await versions(id)).map(({ version, body, recorded }) => [version, body.state, recorded.by.role])).toEqual([
      [1, 'FILED', 'registrar'], [2, 'UNDER_REVIEW', 'registrar'], [3, 'DENIED', 'board-member'], [4, 'UNDER_REVIEW', 'registrar'],
    ]);
    const page = (await service.evaluate('registry', APPLICATION_TRANSACTIONS.list, { limit: 1000 })) as { readonly items: readonly ApplicationDocument[] };
    expect(page.items).toContainEqual(expect.objectContaining({ id, version: 4 }));
  });

  test('leave nothing public: no key, no event, no argument but a salted hash', async () => {
    const { result, txId } = await send(command(filing()));
    expect(result).toBe('');
    const seen = Buffer.from((await network.network.ledger.transaction('GeneralMSP', txId))?.envelope ?? '').toString('latin1');
    expect(seen).toContain(APPLICATION_TRANSACTIONS.keep);
    for (const secret of ['Doe', 'P-1001', 'EXAMINATION', 'fileApplication', 'FILED', 'registrar']) expect(seen).not.toContain(secret);
  });

  test('are one board’s alone: no other organisation writes or reads them, and no other peer answers', async () => {
    const id = await filed();
    expect(await codeOf(send(command(filing()), hospital, ['GeneralMSP']))).toBe('FORBIDDEN_ORGANISATION');
    expect(await codeOf(send(command(filing()), await inRole(network, 'otherBoard', 'service'), ['WashingtonMSP']))).toBe('FORBIDDEN_ORGANISATION');
    expect(await codeOf(hospital.evaluate('registry', APPLICATION_TRANSACTIONS.read, { applicationId: id }))).toBe('FORBIDDEN_ORGANISATION');
    expect(await codeOf((await inRole(network, 'otherBoard', 'service')).evaluate('registry', APPLICATION_TRANSACTIONS.read, { applicationId: id }))).toBe('DOCUMENT_NOT_FOUND');
    expect(await codeOf((await inRole(network, 'otherBoard', 'service')).evaluate('registry', APPLICATION_TRANSACTIONS.list, { limit: 10 }, { endorsers: [CALIFORNIA] }))).toBe('FOREIGN_PEER');
  });

  test('are refused in another role, out of an older version, forged, out of order, unsalted, and twice', async () => {
    const id = await filed();
    const first = await newest(id);
    const by = (application: ApplicationDocument, one: ApplicationStep, role?: string): ReturnType<Party['submit']> => send(command({ verb: 'stepApplication', application, step: one }, role));
    expect(await codeOf(by(first, denied, 'board-member'))).toBe('APPLICATION_STATE');
    expect(await codeOf(by({ ...first, body: { ...first.body, state: 'UNDER_REVIEW' } }, denied, 'board-member'))).toBe('DOCUMENT_MISMATCH');
    assertValid(await by(first, review));
    expect(await codeOf(by(first, review))).toBe('STALE_VERSION');
    expect(await codeOf(step(id, denied))).toBe('FORBIDDEN_ROLE');
    expect(await codeOf(send(command(filing(), 'board-member'), await inRole(network, 'board', 'registrar')))).toBe('ROLE_MISMATCH');
    expect(await codeOf(send(command(filing(), 'registrar', { salt: '00' })))).toBe('SALT_TOO_SHORT');
    const once = command(filing());
    assertValid(await send(once));
    expect(await codeOf(send(once))).toBe('ALREADY_RECORDED');
    expect(await codeOf(send({ ...once, body: filing() }))).toBe('COMMAND_ID_REUSED');
  });
});
