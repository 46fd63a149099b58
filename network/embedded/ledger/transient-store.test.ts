import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Store } from './store.js';
import { TransientStore } from './transient-store.js';
import { ORG1, ORG2, TestLedger } from './testing/test-ledger.js';

const bytes = (text: string): Buffer => Buffer.from(text);

describe('the transient store', () => {
  let directory: string;
  let store: Store;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'transient-'));
    store = await Store.open(directory);
  });
  afterEach(async () => {
    await store.close();
    await rm(directory, { recursive: true, force: true });
  });

  const entry = (mspId: string, text: string, height = 1) => ({ mspId, height, privateReadWriteSet: bytes(text) });
  const texts = async (transient: TransientStore, txId: string): Promise<string[]> =>
    (await transient.of(txId)).map(({ mspId, privateReadWriteSet }) => `${mspId} ${Buffer.from(privateReadWriteSet).toString()}`).sort();

  it('keeps what each organisation endorsed, several times if it differs', async () => {
    const transient = await TransientStore.open(store);
    await transient.add('tx', entry(ORG1, 'one'));
    await transient.add('tx', entry(ORG1, 'one'));
    await transient.add('tx', entry(ORG1, 'two'));
    await transient.add('tx', entry(ORG2, 'one'));
    await transient.add('other', entry(ORG2, 'three'));
    expect(await texts(transient, 'tx')).toEqual([`${ORG1} one`, `${ORG1} two`, `${ORG2} one`]);
    expect(await texts(transient, 'unknown')).toEqual([]);
  });

  it.each([['from memory', 1 << 20], ['from disk', 0]])('forgets a committed transaction, %s', async (_where, bound) => {
    const transient = await TransientStore.open(store, bound);
    await transient.add('tx', entry(ORG1, 'one'));
    await transient.add('other', entry(ORG1, 'two'));
    await store.write(await transient.removalOf(['tx']));
    transient.forget(['tx']);
    expect(await texts(transient, 'tx')).toEqual([]);
    expect(await texts(transient, 'other')).toEqual([`${ORG1} two`]);
    expect(await texts(await TransientStore.open(store), 'tx')).toEqual([]);
  });

  it('keeps everything on disk when memory is short', async () => {
    const transient = await TransientStore.open(store, 10);
    for (const txId of ['a', 'b', 'c']) await transient.add(txId, entry(ORG1, `value of ${txId}`));
    for (const txId of ['a', 'b', 'c']) expect(await texts(transient, txId)).toEqual([`${ORG1} value of ${txId}`]);
  });

  it('finds what memory has given up beside what came later', async () => {
    const transient = await TransientStore.open(store, 10);
    await transient.add('a', entry(ORG1, 'early value'));
    await transient.add('b', entry(ORG1, 'another value'));
    await transient.add('a', entry(ORG2, 'late value'));
    expect(await texts(transient, 'a')).toEqual([`${ORG1} early value`, `${ORG2} late value`]);
  });

  it('drops what was never submitted after a while', async () => {
    const transient = await TransientStore.open(store);
    await transient.add('old', entry(ORG1, 'one', 3));
    await transient.add('young', entry(ORG1, 'two', 4));
    await store.write(await transient.removalBelow(4));
    expect(await texts(transient, 'old')).toEqual([]);
    expect(await texts(transient, 'young')).toEqual([`${ORG1} two`]);
  });

  it('serves a transaction that is submitted after a restart', async () => {
    const test = await TestLedger.open({ shared: { members: [ORG1] } });
    const endorsed = await test.endorse((simulator) => {
      simulator.setPrivateData('cc', 'shared', 'k', bytes('secret'));
    });
    await test.reopen();
    await test.commit([endorsed]);
    expect(await test.query((simulator) => simulator.getPrivateData('cc', 'shared', 'k'))).toEqual(bytes('secret'));
    await test.close();
  });
});
