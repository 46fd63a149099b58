import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { DomainError } from '@medaccord/domain';
import type { Batch } from '@medaccord/domain';
import type { WriteRequest } from '../idempotency/write-request.js';
import type { RegistryClient } from '../ledger/registry-client.js';
import { noJournal } from '../ledger/transaction.js';
import type { Upload } from '../http/upload.js';
import { importRoster } from './roster-import.js';

const roster = { jurisdiction: 'WA', board: 'wa-nursing', type: 'RN', importBatch: 'wa-2026-03', recordedOn: '2026-03-01' };
const row = (index: number): string => `RN${index},ACTIVE,2020-01-01`;
const rows = Array.from({ length: 1100 }, (_, index) => row(index));
const upload = (lines: readonly string[]): Upload => ({ bytes: 1, digest: new Uint8Array(), open: () => Readable.from([Buffer.from(['number,status,effectiveFrom', ...lines].join('\n'))]) });
const write: WriteRequest = {
  operationId: 'o1',
  actor: { id: 'registrar@test', role: 'registrar' },
  journal: noJournal,
  derive: (purpose) => createHash('sha256').update(purpose).digest(),
};

/** A registry that is away from the transaction number so-and-so on. */
function registryUpTo(last: number, sent: Map<string, string>): RegistryClient {
  return registryOf(async (items, step) => {
    if (Number(step.split(' ')[1]) > last) throw new DomainError('LEDGER_UNAVAILABLE');
    sent.set(step, JSON.stringify(items));

    return Promise.resolve();
  });
}

/** A registry that issues everything as soon as the transaction's own work is done. */
function registryOf(work: (items: readonly unknown[], step: string) => Promise<void>): RegistryClient {
  const issueLicences = async (_: unknown, { items }: Batch, step: string): Promise<unknown> => {
    await work(items, step);

    return { outcomes: items.map(() => ({ outcome: 'ISSUED', id: '' })), proof: { transactionId: step, blockNumber: 1 } };
  };

  return { issueLicences } as unknown as RegistryClient;
}

test('an import that was interrupted makes the same transactions under the same names when it is sent again', async () => {
  const [first, again] = [new Map<string, string>(), new Map<string, string>()];
  await expect(importRoster(registryUpTo(1, first), write, upload(rows), roster)).rejects.toMatchObject({ code: 'LEDGER_UNAVAILABLE' });
  const { counts, proofs } = await importRoster(registryUpTo(9, again), write, upload(rows), roster);

  expect([counts.issued, proofs.map(({ transactionId }) => transactionId)]).toEqual([1100, ['roster 1', 'roster 2', 'roster 3']]);
  expect([...first]).toEqual([...again].slice(0, 1));
});

describe('transactions of an import', () => {
  test('are under way several at a time, and are told in the order of the roster whichever is first', async () => {
    const waiting: (() => void)[] = [];
    const registry = registryOf(async () => new Promise<void>((resolve) => { waiting.push(resolve); }));
    const imported = importRoster(registry, write, upload(Array.from({ length: 2501 }, (_, index) => row(index))), roster);
    const underWay = async (count: number): Promise<void> => {
      while (waiting.length < count) await new Promise(setImmediate);
    };
    await underWay(4);
    for (const finish of waiting.splice(0).reverse()) finish();
    await underWay(2);
    for (const finish of waiting.splice(0).reverse()) finish();
    const { counts, proofs } = await imported;

    expect(counts).toMatchObject({ rows: 2501, issued: 2501 });
    expect(proofs.map(({ transactionId }) => transactionId)).toEqual([1, 2, 3, 4, 5, 6].map((number) => `roster ${number}`));
  });

  test('wait for an earlier one that names the same licence', async () => {
    const seen: string[] = [];
    const registry = registryOf(async (_, step) => {
      seen.push(`${step} begins`);
      await new Promise((resolve) => setTimeout(resolve, 20));
      seen.push(`${step} ends`);
    });
    const { counts } = await importRoster(registry, write, upload([...rows.slice(0, 999), row(3)]), roster);

    expect(counts.issued).toBe(1000);
    expect(seen).toEqual(['roster 1 begins', 'roster 1 ends', 'roster 2 begins', 'roster 2 ends']);
  });

  test('have all ended when the import fails', async () => {
    let ended = false;
    const registry = registryOf(async (_, step) => {
      if (step === 'roster 1') throw new DomainError('LEDGER_UNAVAILABLE');
      await new Promise(setImmediate);
      ended = true;
    });

    await expect(importRoster(registry, write, upload(rows), roster)).rejects.toMatchObject({ code: 'LEDGER_UNAVAILABLE' });
    expect(ended).toBe(true);
  });
});
