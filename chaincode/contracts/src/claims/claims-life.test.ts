import type { AppealDocument, ClaimFile, ClaimLife, CommandBody, PendDocument, PendPage, RemittanceDocument } from '@medaccord/domain';
import { refusalOf } from '../testing/contract-network.js';
import { ClaimsTown, SERVICE_DAY } from './testing/claims-town.js';
import type { Role } from './testing/claims-town.js';
import { claim, service } from './testing/terms.js';

describe('the life of a claim on the ledger', () => {
  let town: ClaimsTown;

  beforeAll(async () => {
    town = await ClaimsTown.start();
  }, 120_000);

  afterAll(async () => {
    await town.stop();
  });

  const life = (role: Role, claimId: string): Promise<ClaimLife> => town.read<ClaimLife>(role, 'readClaimLife', claimId);
  const refusal = async (role: Role, body: CommandBody): Promise<string> => (await refusalOf(town.send(role, town.command(role, body)))).code;

  test('a queue, a question, an answer: both parties see the same, and only the right one may write', async () => {
    const [claimId = ''] = await town.submit(claim('L-1', service(SERVICE_DAY)));
    const { claim: document } = await town.read<ClaimFile>('claims-examiner', 'readClaim', claimId);
    const pend = (): Promise<PendDocument> => town.read<PendDocument>('claims-examiner', 'readNewest', 'pend', claimId);
    await town.apply('claims-examiner', { verb: 'routePend', claimId, version: 1, queue: 'records', assignee: 'anna', reasons: ['documents'], dueOn: '2030-01-01' });
    await town.apply('claims-examiner', { verb: 'requestInformation', claim: document, of: 'provider', codes: ['M127'], dueOn: '2030-01-31' });
    const answer: CommandBody = { verb: 'answerRequest', claim: document, before: await pend(), attachments: [{ controlNumber: 'A1', sha256: 'a'.repeat(64) }] };
    expect(await refusal('claims-examiner', answer)).toBe('FORBIDDEN');
    await town.apply('denials', answer);
    expect(await refusal('denials', answer)).toBe('STALE_VERSION');
    expect((await life('biller', claimId)).history.map(({ key, says }) => [key.split('~')[0], says])).toEqual([
      ['claim', undefined], ['pend', 'INFORMATION_REQUESTED'], ['pend', 'ANSWERED'],
    ]);
    const inQueue = async (queue: string): Promise<readonly string[]> => (await town.read<PendPage>('claims-examiner', 'listPends', queue, '', '100')).items.map(({ open }) => open.claimId);
    expect([await inQueue('records'), await inQueue('medical')]).toEqual([[claimId], []]);
    expect(await life('biller', claimId)).toEqual(await life('finance', claimId));
  });

  test('paid, confirmed, reconciled, disputed, overturned: the state follows from the documents', async () => {
    const content = claim('L-2', service(SERVICE_DAY));
    const terms = await town.insure();
    const ids = { ...terms, ...(await town.enrol(content, terms.planId)) };
    const [claimId = ''] = await town.submit(content);
    await town.apply('claims-examiner', await town.adjudication([claimId], ids));
    const { eob, adjudication } = await town.decision(claimId);
    const command = town.remittance([eob], 0);
    const { traceNumber: _, ...payment } = command.payment;
    await town.apply('finance', { ...command, payment });
    expect((await life('denials', claimId)).standing).toEqual({ state: 'FINALIZED', decision: 'ZERO_PAY' });
    const remittance = (): Promise<RemittanceDocument> => town.read<RemittanceDocument>('finance', 'readNewest', 'remittance', command.remittanceId);
    await town.apply('finance', { verb: 'confirmPayment', remittance: await remittance(), traceNumber: 'NONE-1' });
    expect((await life('denials', claimId)).standing.state).toBe('PAYMENT_ISSUED');
    await town.apply('biller', { verb: 'acknowledgeRemittance', remittance: await remittance(), version: 1, disputed: [] });
    expect(await town.read('finance', 'readNewest', 'acknowledgement', command.remittanceId)).toMatchObject({ body: { status: 'RECONCILED' } });
    const dispute: CommandBody = { verb: 'fileAppeal', adjudication, track: 'provider-dispute', level: 'FIRST', urgent: false, grounds: 'the deductible was met', evidence: [] };
    expect(await refusal('claims-examiner', dispute)).toBe('FORBIDDEN');
    expect(await refusal('biller', dispute)).toBe('FORBIDDEN_ROLE');
    await town.apply('denials', dispute);
    expect((await life('finance', claimId)).standing.state).toBe('APPEALED');
    const appeal = (): Promise<AppealDocument> => town.read<AppealDocument>('denials', 'readNewest', 'appeal', claimId);
    await town.apply('claims-supervisor', { verb: 'decideAppeal', adjudication, appeal: await appeal(), state: 'OVERTURNED', reason: 'met indeed' });
    const reopening = await town.reopening(claimId, ids.familyId);
    const items = await Promise.all(reopening.items.map(async (item) => ({ ...item, cause: 'APPEAL' as const, appeal: await appeal() })));
    await town.apply('claims-supervisor', { ...reopening, items });
    expect((await life('biller', claimId)).standing.state).toBe('IN_ADJUDICATION');
    expect((await life('biller', claimId)).history.map(({ by }) => by.actorId)).toEqual(expect.arrayContaining(['person-biller', 'person-finance', 'person-denials', 'person-claims-supervisor']));
  });
});
