import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { DomainError } from '@medaccord/domain';
import type { Batch } from '@medaccord/domain';
import type { WriteRequest } from '../idempotency/write-request.js';
import type { RegistryClient } from '../ledger/registry-client.js';
import { noJournal } from '../ledger/transaction.js';
import { importRoster } from './roster-import.js';

const roster = { jurisdiction: 'WA', board: 'wa-nursing', type: 'RN', importBatch: 'wa-2026-03', recordedOn: '2026-03-01' };
const rows = Array.from({ length: 1100 }, (_, index) => `RN${index},ACTIVE,2020-01-01`);
const upload = { bytes: 1, digest: new Uint8Array(), open: () => Readable.from([Buffer.from(['number,status,effectiveFrom', ...rows].join('\n'))]) };
const write: WriteRequest = {
  operationId: 'o1',
  actor: { id: 'registrar@test', role: 'registrar' },
  journal: noJournal,
  derive: (purpose) => createHash('sha256').update(purpose).digest(),
};

/** A registry that is away from the transaction number so-and-so on. */
function registryUpTo(last: number, sent: Map<string, string>): RegistryClient {
  const issueLicences = (_: unknown, { items }: Batch, step: string): Promise<unknown> => {
    if (sent.size >= last) return Promise.reject(new DomainError('LEDGER_UNAVAILABLE'));
    sent.set(step, JSON.stringify(items));

    return Promise.resolve({ outcomes: items.map(() => ({ outcome: 'ISSUED', id: '' })), proof: { transactionId: step, blockNumber: 1 } });
  };

  return { issueLicences } as unknown as RegistryClient;
}

test('an import that was interrupted makes the same transactions under the same names when it is sent again', async () => {
  const [first, again] = [new Map<string, string>(), new Map<string, string>()];
  await expect(importRoster(registryUpTo(1, first), write, upload, roster)).rejects.toMatchObject({ code: 'LEDGER_UNAVAILABLE' });
  const { counts, proofs } = await importRoster(registryUpTo(9, again), write, upload, roster);

  expect([counts.issued, proofs.map(({ transactionId }) => transactionId)]).toEqual([1100, ['roster 1', 'roster 2', 'roster 3']]);
  expect(again.get('roster 1')).toBe(first.get('roster 1'));
});
