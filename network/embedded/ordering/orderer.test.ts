import { common } from '@hyperledger/fabric-protos';
import { deferred } from '../deferred.js';
import type { Deferred } from '../deferred.js';
import { BroadcastRefused } from './admitted-envelopes.js';
import { Orderer } from './orderer.js';
import type { OrdererOptions } from './orderer.js';

/** An orderer whose commits wait until the test lets them go. */
function held(options: Partial<OrdererOptions> = {}): { orderer: Orderer; blocks: string[][]; commits: Deferred<undefined>[]; failures: unknown[] } {
  const blocks: string[][] = [];
  const commits: Deferred<undefined>[] = [];
  const failures: unknown[] = [];
  const orderer = new Orderer({
    limits: { maxMessageCount: 3, preferredMaxBytes: 10 },
    admit: (envelope) => envelope.getPayload_asU8(),
    commit: (envelopes) => {
      blocks.push(envelopes.map((envelope) => Buffer.from(envelope).toString()));
      const commit = deferred<undefined>();
      commits.push(commit);
      return commit.promise;
    },
    onFailure: (cause) => failures.push(cause),
    ...options,
  });
  return { orderer, blocks, commits, failures };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('an idle orderer cuts at once; what comes meanwhile waits for the next block', async () => {
  const { orderer, blocks, commits } = held();
  orderer.order(Buffer.from('a'));
  await turn();
  orderer.order(Buffer.from('b'));
  orderer.order(Buffer.from('c'));
  await turn();
  expect(blocks).toEqual([['a']]);
  commits[0]?.resolve(undefined);
  await turn();
  expect(blocks).toEqual([['a'], ['b', 'c']]);
});

test('a block holds so many messages, and so many bytes unless one alone has more', async () => {
  const { orderer, blocks, commits } = held();
  for (const envelope of ['a', 'b', 'c', 'd', 'eeeeee', 'ffffff', 'a message of more than ten bytes', 'g']) orderer.order(Buffer.from(envelope));
  for (let index = 0; index < 5; index += 1) {
    await turn();
    commits[index]?.resolve(undefined);
  }
  await orderer.stop();
  expect(blocks).toEqual([['a', 'b', 'c'], ['d', 'eeeeee'], ['ffffff'], ['a message of more than ten bytes'], ['g']]);
});

test('a change of the configuration has a block of its own', async () => {
  const { orderer, blocks } = held({ commit: (envelopes) => Promise.resolve(blocks.push(envelopes.map((envelope) => Buffer.from(envelope).toString()))) });
  orderer.order(Buffer.from('a'));
  orderer.order(Buffer.from('config'), true);
  orderer.order(Buffer.from('b'));
  await orderer.stop();
  expect(blocks).toEqual([['a'], ['config'], ['b']]);
});

test('stopping commits what was taken and takes no more', async () => {
  const { orderer, blocks, commits } = held();
  orderer.order(Buffer.from('a'));
  const stopped = orderer.stop();
  expect(() => {
    orderer.order(Buffer.from('b'));
  }).toThrow('the orderer has stopped');
  await turn();
  commits[0]?.resolve(undefined);
  await stopped;
  expect(blocks).toEqual([['a']]);
});

test('after a failed commit nothing is acknowledged any more', async () => {
  const { orderer, commits, failures } = held();
  orderer.order(Buffer.from('a'));
  await turn();
  commits[0]?.reject(new Error('disk full'));
  await turn();
  expect(failures).toEqual([new Error('disk full')]);
  expect(() => {
    orderer.order(Buffer.from('b'));
  }).toThrow('disk full');
});

test('what is too large or not admitted is refused', () => {
  const refusal = new BroadcastRefused('FORBIDDEN', 'permission denied');
  const { orderer } = held({
    admit: () => {
      throw refusal;
    },
  });
  expect(() => {
    orderer.broadcast(new common.Envelope());
  }).toThrow(refusal);
  expect(() => {
    orderer.order(Buffer.alloc(11 * 1024 * 1024));
  }).toThrow('exceeds maximum allowed');
});
