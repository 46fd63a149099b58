import { createHash } from 'node:crypto';
import { DomainError, licenceId } from '@medaccord/domain';
import type { SignedBatchVoid } from '@medaccord/domain';
import type { WriteRequest } from '../idempotency/write-request.js';
import type { OrderSigner } from '../ledger/order-signer.js';
import type { RegistryClient } from '../ledger/registry-client.js';
import { noJournal } from '../ledger/transaction.js';
import { BatchVoidDesk } from './batch-void-desk.js';
import type { BatchVoidStore } from './batch-void-store.js';
import type { BoardIndex } from './board-index.js';
import type { BoardIndexStore } from './board-index-store.js';
import type { BoardRunStore } from './board-run-store.js';

const ids = Array.from({ length: 1_200 }, (_, index) => licenceId({ jurisdiction: 'WA', board: 'wa-nursing', type: 'RN', number: `B${index}` })).sort();
const batchVoid = { actionId: 'a'.repeat(32), board: 'wa-nursing', importBatch: 'wa-bad', order: { number: 'R-1', decidedOn: '2026-03-02' } };
const signature = { signer: 'f'.repeat(64), signature: 'A'.repeat(24) };
const write: WriteRequest = { operationId: 'o1', actor: { id: 'member@test', role: 'board-member' }, journal: noJournal, derive: (purpose) => createHash('sha256').update(purpose).digest() };

/** A desk whose registry goes away after so many transactions; what it sent, by step, and how its runs ended. */
function deskUpTo(last: number, sent: Map<string, string>, ended: string[]): BatchVoidDesk {
  const registry = {
    voidImportBatch: (_: unknown, { licences }: SignedBatchVoid, step: string) => {
      if (sent.size >= last) return Promise.reject(new DomainError('LEDGER_UNAVAILABLE'));
      sent.set(step, JSON.stringify(licences));

      return Promise.resolve({ outcomes: licences.map(() => ({ outcome: 'VOIDED', id: '' })), proof: { transactionId: step, blockNumber: 1 } });
    },
  };
  const drafts = { find: () => Promise.resolve({ proposer: 'registrar@test' }), decide: () => Promise.resolve({ batchVoid, signature }) };
  const store = { licenceIds: (_: string, { after, limit }: { after: string; limit: number }) => { const from = after === '' ? 0 : ids.indexOf(after) + 1; return Promise.resolve(ids.slice(from, from + limit)); } };
  const runs = {
    during: async (_: unknown, work: (note: () => Promise<void>) => Promise<unknown>) => {
      try {
        const result = await work(() => Promise.resolve());
        ended.push('DONE');

        return result;
      } catch (error) {
        ended.push('STOPPED');
        throw error;
      }
    },
  };
  const parts = { registry, signer: { signBatchVoid: () => signature }, drafts, index: { catchUp: () => Promise.resolve() }, store, runs };

  return new BatchVoidDesk(parts as unknown as { registry: RegistryClient; signer: OrderSigner; drafts: BatchVoidStore; index: BoardIndex; store: BoardIndexStore; runs: BoardRunStore });
}

test('a void that was interrupted makes the same transactions under the same names when it is sent again', async () => {
  const [first, again, ended] = [new Map<string, string>(), new Map<string, string>(), [] as string[]];
  await expect(deskUpTo(1, first, ended).approve('wa-nursing', 'd1', write)).rejects.toMatchObject({ code: 'LEDGER_UNAVAILABLE' });
  const { counts, proofs } = await deskUpTo(9, again, ended).approve('wa-nursing', 'd1', write);
  const [step = ''] = first.keys();

  expect([counts, proofs.length, ended]).toEqual([{ licences: 1_200, voided: 1_200, alreadyRecorded: 0, refused: 0 }, 3, ['STOPPED', 'DONE']]);
  expect(again.get(step)).toBe(first.get(step));
});
