import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../database/database.js';
import type { OpenDatabase } from '../database/database.js';
import { databaseTemplate } from '../testing/test-gateway.js';
import { OperationStore } from './operation-store.js';

const endorsed = { transactionId: 'f00', identityRole: 'registrar', envelope: Buffer.from('envelope'), result: Buffer.from('result') };

describe('the store of operations', () => {
  const folder = mkdtempSync(join(tmpdir(), 'medaccord-store-'));
  let open: OpenDatabase;
  let ours: OperationStore;
  let theirs: OperationStore;
  let ids = 0;
  let operation = { id: '', subject: 'ann', fingerprint: Buffer.from('one') };

  beforeAll(async () => {
    open = await openDatabase({ dataDirectory: folder, databaseTemplate, databaseUrl: undefined });
    [ours, theirs] = [new OperationStore(open.database, 'ours'), new OperationStore(open.database, 'theirs')];
  }, 240_000);
  beforeEach(() => {
    ids += 1;
    operation = { ...operation, id: `operation-${ids}` };
  });
  afterAll(async () => {
    await open.close();
    rmSync(folder, { recursive: true });
  });

  test('lets one process run an operation at a time', async () => {
    expect([await ours.acquire(operation), await theirs.acquire(operation), await ours.acquire(operation)]).toEqual([true, false, false]);
    expect(await ours.find(operation.id)).toMatchObject({ running: true, answer: undefined });
  });

  test('lets another take over what was given back, for the same request only', async () => {
    await ours.acquire(operation);
    await ours.release(operation.id);

    expect(await theirs.acquire({ ...operation, fingerprint: Buffer.from('two') })).toBe(false);
    expect(await theirs.acquire(operation)).toBe(true);
  });

  test('lets a process that lost its lease neither send nor answer', async () => {
    await ours.acquire(operation);
    await ours.release(operation.id);
    await theirs.acquire(operation);

    await expect(ours.addSubmission(operation.id, 'step', endorsed)).rejects.toMatchObject({ code: 'IDEMPOTENT_REQUEST_RUNNING' });
    await ours.answer(operation.id, { status: 201, sealed: Buffer.from('ours') });
    expect((await theirs.find(operation.id))?.answer).toBeUndefined();
  });

  test('keeps the first answer', async () => {
    await ours.acquire(operation);
    await ours.answer(operation.id, { status: 201, sealed: Buffer.from('first') });
    await ours.answer(operation.id, { status: 409, sealed: Buffer.from('second') });

    const found = await ours.find(operation.id);
    expect([found?.running, found?.answer?.status, Buffer.from(found?.answer?.sealed ?? []).toString()]).toEqual([false, 201, 'first']);
  });

  test('knows the last transaction of each step, and how it ended', async () => {
    await ours.acquire(operation);
    await ours.addSubmission(operation.id, 'step', endorsed);
    await ours.settleSubmission(operation.id, 'f00', { validationCode: 11, blockNumber: 7 });
    await ours.addSubmission(operation.id, 'step', { ...endorsed, transactionId: 'f01' });
    await ours.addSubmission(operation.id, 'other', { ...endorsed, transactionId: 'f02' });

    const last = await ours.lastSubmission(operation.id, 'step');
    expect([last?.attempt, last?.endorsed.transactionId, last?.outcome, Buffer.from(last?.endorsed.envelope ?? []).toString()]).toEqual([1, 'f01', undefined, 'envelope']);
    expect((await ours.submissions(operation.id)).map(({ step, endorsed: sent, outcome }) => [step, sent.transactionId, outcome])).toEqual([
      ['other', 'f02', undefined],
      ['step', 'f00', { validationCode: 11, blockNumber: 7 }],
      ['step', 'f01', undefined],
    ]);
    expect(await ours.lastSubmission(operation.id, 'never')).toBeUndefined();
  });

  test('ends every lease at a start that nobody else can be using', async () => {
    await theirs.acquire(operation);
    await ours.releaseAll();

    expect(await ours.acquire(operation)).toBe(true);
  });

  test('forgets what is too old, with its transactions', async () => {
    await ours.acquire(operation);
    await ours.addSubmission(operation.id, 'step', endorsed);
    await ours.forget(1);
    expect(await ours.find(operation.id)).toBeDefined();

    await ours.forget(0);

    expect(await ours.find(operation.id)).toBeUndefined();
    expect(await ours.submissions(operation.id)).toEqual([]);
  });

  test('remembers a fact as it was first told', async () => {
    expect([await ours.rememberFact('mark', 'a'), await theirs.rememberFact('mark', 'b')]).toEqual(['a', 'a']);
  });
});
