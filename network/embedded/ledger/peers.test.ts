import { implicitCollection } from './collection-access.js';
import { ORG1, ORG2, ORG3, TestLedger } from './testing/test-ledger.js';
import type { Work } from './testing/test-ledger.js';

const bytes = (text: string): Buffer => Buffer.from(text);

describe('an organisation’s peer', () => {
  let test: TestLedger;
  beforeEach(async () => {
    test = await TestLedger.open({ shared: { members: [ORG1, ORG2] } });
  });
  afterEach(async () => {
    expect((await test.ledger.verify()).problems).toEqual([]);
    await test.close();
  });

  const put = (value: string): Work => (simulator) => {
    simulator.setState('cc', 'a', bytes(value));
    simulator.setPrivateData('cc', 'shared', 'p', bytes(value));
  };
  const secret = async (mspId: string): Promise<string> => {
    const found = await test.query((simulator) => simulator.getPrivateData('cc', 'shared', 'p'), mspId);
    return found === undefined ? 'nothing' : Buffer.from(found).toString();
  };
  const height = (mspId: string): number => test.ledger.chainInfo(mspId).height;

  it('that lags sees its own height alone, and simulates there', async () => {
    await test.run(put('1'));
    const before = test.ledger.chainInfo(ORG2);
    test.ledger.pause(ORG2);
    await test.run(put('2'));
    await test.run(put('3'));
    expect([height(ORG1), height(ORG2), height(ORG3)]).toEqual([4, 2, 4]);
    expect(test.ledger.chainInfo(ORG2)).toEqual(before);
    expect([await test.text('a', ORG1), await test.text('a', ORG2)]).toEqual(['3', '1']);
    expect([await secret(ORG1), await secret(ORG2)]).toEqual(['3', '1']);
    expect(await test.ledger.blockByNumber(ORG2, 2)).toBeUndefined();
    expect(await test.ledger.blockByHash(ORG2, test.ledger.chainInfo(ORG1).currentBlockHash)).toBeUndefined();
    expect(await test.ledger.transaction(ORG2, 'tx000002')).toBeUndefined();
    expect((await test.ledger.privateData(ORG2, 2)).size).toBe(0);
    expect(await test.ledger.committedState(ORG2, 'cc', 'a')).toEqual(new Uint8Array(bytes('1')));
  });

  it('catches up block by block, in order, with its private data', async () => {
    test.ledger.pause(ORG2);
    for (const value of ['1', '2', '3']) await test.run(put(value));
    const heard: [string, number][] = [];
    test.ledger.onCommit((mspId, { number }) => heard.push([mspId, number]));
    await test.ledger.resume(ORG2);
    expect(heard).toEqual([[ORG2, 1], [ORG2, 2], [ORG2, 3]]);
    expect(height(ORG2)).toBe(4);
    expect(await secret(ORG2)).toBe('3');
    expect(await test.run(put('4'), ORG2)).toBe(0);
    expect(await secret(ORG2)).toBe('4');
  });

  it('that is resumed while a block is committed commits that block in its turn', async () => {
    test.ledger.pause(ORG2);
    await test.run(put('1'));
    const endorsed = await test.endorse(put('2'));
    const heard: [string, number][] = [];
    test.ledger.onCommit((mspId, { number }) => heard.push([mspId, number]));
    await Promise.all([test.commit([endorsed]), test.ledger.resume(ORG2)]);
    expect(heard.filter(([mspId]) => mspId === ORG2)).toEqual([[ORG2, 1], [ORG2, 2]]);
    expect(await secret(ORG2)).toBe('2');
  });

  it('shows each height as it was while it catches up', async () => {
    test.ledger.pause(ORG2);
    for (const value of ['1', '2', '3']) await test.run(put(value));
    const seen: Promise<[string | undefined, string]>[] = [];
    test.ledger.onCommit((mspId) => {
      // Asked at once: before the next block is committed here.
      if (mspId === ORG2) seen.push(Promise.all([test.text('a', ORG2), secret(ORG2)]));
    });
    await test.ledger.resume(ORG2);
    expect(await Promise.all(seen)).toEqual([['1', '1'], ['2', '2'], ['3', '3']]);
  });

  it('can be paused again before it has caught up', async () => {
    test.ledger.pause(ORG2);
    for (const value of ['1', '2', '3']) await test.run(put(value));
    test.ledger.onCommit((mspId, { number }) => {
      if (mspId === ORG2 && number === 2) test.ledger.pause(ORG2);
    });
    await test.ledger.resume(ORG2);
    expect(height(ORG2)).toBe(3);
    await test.ledger.resume(ORG2);
    expect(height(ORG2)).toBe(4);
  });

  it('makes a stale endorsement while it lags', async () => {
    await test.run(put('1'));
    test.ledger.pause(ORG2);
    await test.run(put('2'));
    const stale = await test.endorse(async (simulator) => {
      await simulator.getState('cc', 'a');
      simulator.setState('cc', 'b', bytes('x'));
    }, ORG2);
    expect((await test.commit([stale])).transactions[0]?.validationCode).toBe(11);
  });

  it('is heard once per block, in order', async () => {
    const heard: [string, number][] = [];
    const stop = test.ledger.onCommit((mspId, { number }) => heard.push([mspId, number]));
    await test.run(put('1'));
    await test.run(put('2'));
    stop();
    await test.run(put('3'));
    expect(heard).toEqual([[ORG1, 1], [ORG2, 1], [ORG3, 1], [ORG1, 2], [ORG2, 2], [ORG3, 2]]);
  });

  it('wakes who waits for a block', async () => {
    await test.ledger.whenCommitted(ORG2, 0);
    test.ledger.pause(ORG2);
    let woken = false;
    const waiting = test.ledger.whenCommitted(ORG2, 1).then(() => {
      woken = true;
    });
    await test.run(put('1'));
    await test.ledger.whenCommitted(ORG1, 1);
    expect(woken).toBe(false);
    await test.ledger.resume(ORG2);
    await waiting;
    expect(woken).toBe(true);
  });

  it('lets who waits give up', async () => {
    const controller = new AbortController();
    const waiting = test.ledger.whenCommitted(ORG1, 5, controller.signal);
    controller.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    await expect(test.ledger.whenCommitted(ORG1, 5, AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
  });

  it('that loses private data commits without it', async () => {
    test.ledger.stripPrivateData(ORG2, true);
    await test.run(put('1'));
    expect(await test.text('a', ORG2)).toBe('1');
    await expect(secret(ORG2)).rejects.toThrow('private data matching public hash version is not available');
    test.ledger.stripPrivateData(ORG2, false);
    await test.run(put('2'));
    expect(await secret(ORG2)).toBe('2');
    expect(await test.ledger.missingPrivateData(ORG2)).toEqual([{ namespace: 'cc', collection: 'shared', blockNumber: 1, txNumber: 0 }]);
  });

  it('commits what it missed when the ledger is opened again', async () => {
    const own = implicitCollection(ORG2);
    await test.run(put('1'));
    test.ledger.pause(ORG2);
    await test.run((simulator) => {
      simulator.setPrivateData('cc', own, 'k', bytes('mine'));
    }, ORG2);
    await test.run(async (simulator) => {
      await simulator.setPrivateDataMetadata('cc', 'shared', 'p', 'other', bytes('x'));
    });
    await test.reopen();
    expect(height(ORG2)).toBe(4);
    expect(await secret(ORG2)).toBe('1');
    expect(await test.query((simulator) => simulator.getPrivateData('cc', own, 'k'), ORG2)).toEqual(bytes('mine'));
  });

  it('of another channel is refused', () => {
    expect(() => test.ledger.chainInfo('StrangerMSP')).toThrow('unknown organisation StrangerMSP');
    expect(() => {
      test.ledger.pause('StrangerMSP');
    }).toThrow('unknown organisation StrangerMSP');
  });
});
