import { parseGatewayConfig } from '../config/gateway-config.js';
import { Metrics } from '../operations/metrics.js';
import { TestConsortium } from '../testing/test-consortium.js';
import { loadEnrolledIdentities } from './enrolled-identities.js';
import { FabricConnection } from './fabric-connection.js';
import { Ledger } from './ledger.js';
import type { CommitOutcome, EndorsedTransaction, JournalEntry, SubmissionJournal, TransactionRequest } from './transaction.js';

class PowerCut extends Error {}

/** A journal in memory; the power goes where a test wants it to. */
class TestJournal implements SubmissionJournal {
  readonly entries: { endorsed: EndorsedTransaction; outcome: CommitOutcome | undefined }[] = [];
  cut: 'before sending' | 'after the commit' | 'never' = 'never';

  last(): Promise<JournalEntry | undefined> {
    return Promise.resolve(this.entries.at(-1));
  }

  endorsed(_step: string, endorsed: EndorsedTransaction): Promise<void> {
    this.entries.push({ endorsed, outcome: undefined });

    return this.cut === 'before sending' ? Promise.reject(new PowerCut()) : Promise.resolve();
  }

  settled(_step: string, _transactionId: string, outcome: CommitOutcome): Promise<void> {
    if (this.cut === 'after the commit') return Promise.reject(new PowerCut());
    const entry = this.entries.at(-1);
    if (entry !== undefined) entry.outcome = outcome;

    return Promise.resolve();
  }
}

describe('a submit that is taken up again', () => {
  let consortium: TestConsortium;
  let ledger: Ledger;

  beforeAll(async () => {
    consortium = await TestConsortium.start();
    const config = parseGatewayConfig(consortium.environment('ConsortiumMSP'));
    ledger = new Ledger(config, new FabricConnection(config, loadEnrolledIdentities(config.organisationDirectory)), new Metrics());
    await submit(request('initialise', { name: 'Office', clockIntervalMilliseconds: 0, clockToleranceMilliseconds: 60_000 }), new TestJournal());
  }, 240_000);
  afterAll(async () => {
    ledger.close();
    await consortium.stop();
  });

  const request = (transaction: string, command: object): TransactionRequest => ({ chaincode: 'registry', transaction, args: [JSON.stringify(command)], identityRole: 'member-admin' });
  const member = (mspId: string, name = mspId): TransactionRequest => request('registerMember', { mspId, name, kind: 'hospital', units: [] });
  const submit = async (transaction: TransactionRequest, journal: TestJournal): Promise<{ id: string; result: Record<string, unknown> }> => {
    const { transactionId, result } = await ledger.submit(transaction, journal, 'step');

    return { id: transactionId, result: JSON.parse(Buffer.from(result).toString()) as Record<string, unknown> };
  };

  test('sends the transaction that was journalled and had not left', async () => {
    const journal = new TestJournal();
    journal.cut = 'before sending';
    await expect(submit(member('AlphaMSP'), journal)).rejects.toThrow(PowerCut);
    journal.cut = 'never';

    const { id, result } = await submit(member('AlphaMSP'), journal);

    expect(journal.entries.map(({ endorsed, outcome }) => [endorsed.transactionId, outcome?.validationCode])).toEqual([[id, 0]]);
    expect(result['outcome']).toBe('REGISTERED');
  });

  test('answers for the transaction that was committed before anyone could write it down', async () => {
    const journal = new TestJournal();
    journal.cut = 'after the commit';
    await expect(submit(member('BetaMSP'), journal)).rejects.toThrow(PowerCut);
    journal.cut = 'never';

    const { id, result } = await submit(member('BetaMSP'), journal);

    expect(journal.entries.map(({ endorsed }) => endorsed.transactionId)).toEqual([id]);
    expect(result['outcome']).toBe('REGISTERED');
  });

  test('answers from the journal alone once it is settled', async () => {
    const journal = new TestJournal();
    const first = await submit(member('GammaMSP'), journal);

    const second = await submit(member('GammaMSP'), journal);

    expect(second).toEqual(first);
    expect(journal.entries).toHaveLength(1);
  });

  test('makes a new transaction where the journalled one has become void meanwhile', async () => {
    const journal = new TestJournal();
    journal.cut = 'before sending';
    await expect(submit(member('DeltaMSP'), journal)).rejects.toThrow(PowerCut);
    journal.cut = 'never';
    await submit(member('DeltaMSP'), new TestJournal());

    const { id, result } = await submit(member('DeltaMSP'), journal);

    expect(journal.entries.map(({ outcome }) => outcome?.validationCode)).toEqual([11, 0]);
    expect(journal.entries[1]?.endorsed.transactionId).toBe(id);
    expect(result['outcome']).toBe('ALREADY_RECORDED');
  });

  test('keeps nothing that only the endorsers may see', async () => {
    const journal = new TestJournal();
    await submit({ ...member('EpsilonMSP'), transient: { command: Buffer.from('only-for-endorsers') }, endorsers: ['ConsortiumMSP', 'InsurerMSP', 'HospitalMSP'] }, journal);

    expect(Buffer.from(journal.entries[0]?.endorsed.envelope ?? []).includes('only-for-endorsers')).toBe(false);
  });
});
