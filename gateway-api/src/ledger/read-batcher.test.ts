import { DomainError } from '@medaccord/domain';
import type { ReadAnswer, ReadRequest } from '@medaccord/domain';
import { ReadBatcher } from './read-batcher.js';

const claim = (id: number): ReadRequest => ({ query: 'readClaim', args: [String(id)] });

function recording(answer: (request: ReadRequest) => ReadAnswer): { readonly batcher: ReadBatcher; readonly sent: number[] } {
  const sent: number[] = [];
  const send = (requests: readonly ReadRequest[]): Promise<readonly ReadAnswer[]> => {
    sent.push(requests.length);
    return Promise.resolve(requests.map(answer));
  };
  return { batcher: new ReadBatcher(send), sent };
}

test('queries of one moment go together, each gets its own answer', async () => {
  const { batcher, sent } = recording(({ args }) => ({ answer: args[0] }));
  await expect(Promise.all([1, 2, 3].map((id) => batcher.read(claim(id))))).resolves.toEqual(['1', '2', '3']);
  await expect(batcher.read(claim(4))).resolves.toBe('4');
  expect(sent).toEqual([3, 1]);
});

test('no evaluation takes more than fifty', async () => {
  const { batcher, sent } = recording(({ args }) => ({ answer: args[0] }));
  await Promise.all(Array.from({ length: 120 }, (_, id) => batcher.read(claim(id))));
  expect(sent).toEqual([50, 50, 20]);
});

test('a refusal is that query’s alone', async () => {
  const { batcher } = recording(({ args }) => (args[0] === '2' ? { refused: 'DOCUMENT_NOT_FOUND' } : { answer: args[0] }));
  const [first, second] = await Promise.allSettled([batcher.read(claim(1)), batcher.read(claim(2))]);
  expect(first).toEqual({ status: 'fulfilled', value: '1' });
  expect(second).toMatchObject({ status: 'rejected', reason: { code: 'DOCUMENT_NOT_FOUND' } });
});

test('an evaluation that fails fails them all, and the next one is a new one', async () => {
  let fails = true;
  const batcher = new ReadBatcher((requests) => (fails ? Promise.reject(new DomainError('LEDGER_UNAVAILABLE')) : Promise.resolve(requests.map(() => ({ answer: 1 })))));
  const results = await Promise.allSettled([batcher.read(claim(1)), batcher.read(claim(2))]);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  fails = false;
  await expect(batcher.read(claim(1))).resolves.toBe(1);
});
