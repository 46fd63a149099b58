import { implicitCollection } from './collection-access.js';
import { ORG1, ORG2, TestLedger } from './testing/test-ledger.js';
import type { Work } from './testing/test-ledger.js';

const bytes = (text: string): Buffer => Buffer.from(text);

describe('reconciliation', () => {
  let test: TestLedger;
  beforeEach(async () => {
    test = await TestLedger.open({ shared: { members: [ORG1, ORG2] } });
    test.ledger.stripPrivateData(ORG2, true);
  });
  afterEach(async () => {
    expect((await test.ledger.verify()).problems).toEqual([]);
    await test.close();
  });

  const put = (key: string, value: string): Work => (simulator) => {
    simulator.setPrivateData('cc', 'shared', key, bytes(value));
  };

  async function value(key: string): Promise<string> {
    return await test
      .query((simulator) => simulator.getPrivateData('cc', 'shared', key), ORG2)
      .then((found) => (found === undefined ? 'nothing' : Buffer.from(found).toString()), () => 'refused');
  }

  it('brings back what another member has', async () => {
    await test.run(put('k', 'secret'));
    expect(await value('k')).toBe('refused');
    expect((await test.ledger.privateData(ORG2, 1)).size).toBe(0);
    expect(await test.ledger.reconcile(ORG2)).toBe(0);
    expect(await value('k')).toBe('secret');
    expect(await test.ledger.privateData(ORG2, 1)).toEqual(await test.ledger.privateData(ORG1, 1));
    expect(await test.ledger.missingPrivateData(ORG2)).toEqual([]);
  });

  it('leaves what nobody else may hold', async () => {
    await test.run((simulator) => {
      simulator.setPrivateData('cc', implicitCollection(ORG2), 'k', bytes('x'));
    }, ORG2);
    expect(await test.ledger.reconcile(ORG2)).toBe(1);
    expect(await test.ledger.missingPrivateData(ORG2)).toHaveLength(1);
  });

  it('does not let an old value hide a newer one', async () => {
    await test.run(put('k', 'old'));
    test.ledger.stripPrivateData(ORG2, false);
    await test.run(put('k', 'new'));
    await test.ledger.reconcile(ORG2);
    expect(await value('k')).toBe('new');
  });

  it('replaces a stale value', async () => {
    test.ledger.stripPrivateData(ORG2, false);
    await test.run(put('k', 'old'));
    test.ledger.stripPrivateData(ORG2, true);
    await test.run(put('k', 'new'));
    expect(await value('k')).toBe('refused');
    await test.ledger.reconcile(ORG2);
    expect(await value('k')).toBe('new');
  });

  it('carries out a deletion that was missed', async () => {
    test.ledger.stripPrivateData(ORG2, false);
    await test.run(put('k', 'old'));
    test.ledger.stripPrivateData(ORG2, true);
    await test.run((simulator) => {
      simulator.deletePrivateData('cc', 'shared', 'k');
    });
    expect(await value('k')).toBe('refused');
    await test.ledger.reconcile(ORG2);
    expect(await value('k')).toBe('nothing');
  });

  it('follows a version that a change of metadata renewed', async () => {
    await test.run(put('k', 'secret'));
    await test.run(async (simulator) => {
      await simulator.setPrivateDataMetadata('cc', 'shared', 'k', 'other', bytes('x'));
    });
    await test.ledger.reconcile(ORG2);
    expect(await value('k')).toBe('secret');
  });

  it('does not bring back what has been purged', async () => {
    await test.run(async (simulator) => {
      await put('k', 'secret')(simulator);
      await put('l', 'kept')(simulator);
    });
    await test.run((simulator) => {
      simulator.purgePrivateData('cc', 'shared', 'k');
    });
    expect(await test.ledger.reconcile(ORG2)).toBe(0);
    expect(await value('k')).toBe('nothing');
    expect(await value('l')).toBe('kept');
    const stored = [...(await test.ledger.privateData(ORG2, 1)).values()].map((set) => Buffer.from(set).toString()).join();
    expect(stored).toContain('kept');
    expect(stored).not.toContain('secret');
  });

  it('brings back what was written after a purge', async () => {
    await test.run((simulator) => {
      simulator.purgePrivateData('cc', 'shared', 'k');
    });
    await test.run(put('k', 'anew'));
    expect(await test.ledger.reconcile(ORG2)).toBe(0);
    expect(await value('k')).toBe('anew');
  });

  it('keeps a transaction’s collections apart and in order', async () => {
    test.ledger.stripPrivateData(ORG2, false);
    await test.close();
    test = await TestLedger.open({ first: { members: [ORG1, ORG2] }, second: { members: [ORG1, ORG2] } });
    test.ledger.stripPrivateData(ORG2, true);
    await test.run((simulator) => {
      simulator.setPrivateData('cc', 'second', 'k', bytes('of the second'));
      simulator.setPrivateData('cc', 'first', 'k', bytes('of the first'));
    });
    expect(await test.ledger.reconcile(ORG2)).toBe(0);
    expect(await test.ledger.privateData(ORG2, 1)).toEqual(await test.ledger.privateData(ORG1, 1));
    const read = (collection: string): Promise<Uint8Array | undefined> => test.query((simulator) => simulator.getPrivateData('cc', collection, 'k'), ORG2);
    expect([Buffer.from((await read('first')) ?? []).toString(), Buffer.from((await read('second')) ?? []).toString()]).toEqual(['of the first', 'of the second']);
  });

  it('keeps chaincodes’ collections of one name apart', async () => {
    const { collections } = test.options;
    await test.reopen({ collections: (_namespace, name) => collections('cc', name) });
    test.ledger.stripPrivateData(ORG2, true);
    await test.run((simulator) => {
      for (const chaincode of ['aa', 'cc']) simulator.setPrivateData(chaincode, 'shared', 'k', bytes(`of ${chaincode}`));
    });
    expect(await test.ledger.reconcile(ORG2)).toBe(0);
    expect(await value('k')).toBe('of cc');
    expect(await test.ledger.privateData(ORG2, 1)).toEqual(await test.ledger.privateData(ORG1, 1));
  });

  it('of an invalid transaction fills the block and changes no state', async () => {
    await test.commit([await test.endorse(put('k', 'secret'))], () => Promise.resolve(10));
    expect(await test.ledger.reconcile(ORG2)).toBe(0);
    expect(await value('k')).toBe('nothing');
    expect((await test.ledger.privateData(ORG2, 1)).size).toBe(1);
  });

  it('leaves simulations that run at their view', async () => {
    await test.run(put('k', 'secret'));
    await test.query(async (simulator) => {
      await test.ledger.reconcile(ORG2);
      await expect(simulator.getPrivateData('cc', 'shared', 'k')).rejects.toThrow('not available');
    }, ORG2);
  });
});
