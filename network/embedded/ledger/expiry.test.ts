import { implicitCollection } from './collection-access.js';
import { ORG1, ORG2, TestLedger } from './testing/test-ledger.js';
import type { Work } from './testing/test-ledger.js';

const bytes = (text: string): Buffer => Buffer.from(text);

describe('expiry and purge of private data', () => {
  let test: TestLedger;
  beforeEach(async () => {
    test = await TestLedger.open({ brief: { members: [ORG1, ORG2], blockToLive: 2 }, shared: { members: [ORG1, ORG2] } });
  });
  afterEach(async () => {
    expect((await test.ledger.verify()).problems).toEqual([]);
    await test.close();
  });

  const put = (collection: string, key: string, value: string): Work => (simulator) => {
    simulator.setPrivateData('cc', collection, key, bytes(value));
  };
  const purge = (collection: string, key: string): Work => (simulator) => {
    simulator.purgePrivateData('cc', collection, key);
  };
  const anything: Work = (simulator) => {
    simulator.setState('cc', 'other', bytes('x'));
  };

  /** What an organisation can see of a key: its value, the refusal, or nothing; and whether the channel has a hash. */
  async function seen(collection: string, key: string, mspId: string = ORG1): Promise<[string, boolean]> {
    const value = await test
      .query((simulator) => simulator.getPrivateData('cc', collection, key), mspId)
      .then((found) => (found === undefined ? 'nothing' : Buffer.from(found).toString()), () => 'refused');
    const hash = await test.query((simulator) => simulator.getPrivateDataHash('cc', collection, key), mspId);
    return [value, hash !== undefined];
  }

  const setsOf = async (block: number, mspId: string = ORG1): Promise<string> =>
    [...(await test.ledger.privateData(mspId, block)).values()].map((set) => Buffer.from(set).toString()).join();

  describe('a value that lives two blocks', () => {
    it('is there for two blocks more and gone with the third', async () => {
      await test.run(put('brief', 'k', 'fleeting')); // block 1
      await test.run(anything); // 2
      await test.run(anything); // 3
      expect(await seen('brief', 'k')).toEqual(['fleeting', true]);
      await test.run(anything); // 4 = 1 + 2 + 1
      expect(await seen('brief', 'k')).toEqual(['nothing', false]);
      expect(await seen('brief', 'k', ORG2)).toEqual(['nothing', false]);
      expect(await setsOf(1)).toBe('');
    });

    it('lives on where the block in which it ends rewrites it', async () => {
      await test.run(put('brief', 'k', 'first')); // 1, until 4
      await test.run(anything);
      await test.run(anything);
      await test.run(put('brief', 'k', 'second')); // 4
      expect(await seen('brief', 'k')).toEqual(['second', true]);
      expect(await seen('brief', 'k', ORG2)).toEqual(['second', true]);
    });

    it('lives on where it was rewritten', async () => {
      await test.run(put('brief', 'k', 'first')); // 1, until 4
      await test.run(anything);
      await test.run(put('brief', 'k', 'second')); // 3, until 6
      await test.run(anything);
      await test.run(anything); // 5
      expect(await seen('brief', 'k')).toEqual(['second', true]);
      await test.run(anything);
      expect(await seen('brief', 'k')).toEqual(['nothing', false]);
    });

    it('lives on where the expiring block itself rewrites it', async () => {
      await test.run(put('brief', 'k', 'first'));
      await test.run(anything);
      await test.run(anything);
      await test.run(put('brief', 'k', 'second')); // 4
      expect(await seen('brief', 'k')).toEqual(['second', true]);
    });

    it('lives on where its metadata changed', async () => {
      await test.run(put('brief', 'k', 'kept')); // 1, until 4
      await test.run(async (simulator) => {
        await simulator.setPrivateDataMetadata('cc', 'brief', 'k', 'other', bytes('x')); // 2, until 5
      });
      await test.run(anything);
      await test.run(anything); // 4
      expect(await seen('brief', 'k')).toEqual(['kept', true]);
      await test.run(anything); // 5
      expect(await seen('brief', 'k')).toEqual(['nothing', false]);
    });

    it('expires at an organisation that was behind', async () => {
      await test.run(put('brief', 'k', 'fleeting'));
      test.ledger.pause(ORG2);
      for (let block = 0; block < 4; block += 1) await test.run(anything);
      expect(await seen('brief', 'k', ORG2)).toEqual(['fleeting', true]);
      await test.ledger.resume(ORG2);
      expect(await seen('brief', 'k', ORG2)).toEqual(['nothing', false]);
    });

    it('expires where it never arrived, and is no longer missed', async () => {
      test.ledger.stripPrivateData(ORG2, true);
      await test.run(put('brief', 'k', 'fleeting'));
      expect(await test.ledger.missingPrivateData(ORG2)).toHaveLength(1);
      for (let block = 0; block < 3; block += 1) await test.run(anything);
      expect(await seen('brief', 'k', ORG2)).toEqual(['nothing', false]);
      expect(await test.ledger.missingPrivateData(ORG2)).toEqual([]);
    });
  });

  describe('a purged value', () => {
    it('is gone with its hash and with what every block kept of it', async () => {
      await test.run(put('shared', 'k', 'first secret'));
      await test.run(put('shared', 'k', 'second secret'));
      await test.run(put('shared', 'other', 'kept'));
      await test.run(purge('shared', 'k'));
      for (const mspId of [ORG1, ORG2]) {
        expect(await seen('shared', 'k', mspId)).toEqual(['nothing', false]);
        for (const block of [1, 2, 3, 4]) expect(await setsOf(block, mspId)).not.toContain('secret');
        expect(await setsOf(3, mspId)).toContain('kept');
      }
    });

    it('leaves the other keys of its transaction', async () => {
      await test.run((simulator) => {
        simulator.setPrivateData('cc', 'shared', 'k', bytes('secret'));
        simulator.setPrivateData('cc', 'shared', 'l', bytes('kept'));
      });
      await test.run(purge('shared', 'k'));
      expect(await seen('shared', 'l')).toEqual(['kept', true]);
      expect(await setsOf(1)).toContain('kept');
      expect(await setsOf(1)).not.toContain('secret');
    });

    it('can be written again', async () => {
      await test.run(put('shared', 'k', 'secret'));
      await test.run(purge('shared', 'k'));
      await test.run(put('shared', 'k', 'new'));
      expect(await seen('shared', 'k')).toEqual(['new', true]);
      expect(await setsOf(3)).toContain('new');
    });

    it('that the same block wrote goes, and what it writes afterwards stays', async () => {
      const transactions = [
        await test.endorse(put('shared', 'k', 'secret')),
        await test.endorse(purge('shared', 'k')),
        await test.endorse(put('shared', 'k', 'new')),
      ];
      await test.commit(transactions.slice(0, 2));
      expect(await seen('shared', 'k')).toEqual(['nothing', false]);
      expect(await setsOf(1)).not.toContain('secret');
      await test.commit([await test.endorse(put('shared', 'k', 'secret')), await test.endorse(purge('shared', 'k')), ...transactions.slice(2)]);
      expect(await seen('shared', 'k')).toEqual(['new', true]);
      expect(await setsOf(2)).not.toContain('secret');
    });

    it('is purged at a member that lacks the purging transaction’s own data', async () => {
      const own = implicitCollection(ORG2);
      await test.run(put(own, 'k', 'secret'), ORG2);
      test.ledger.stripPrivateData(ORG2, true);
      await test.run(purge(own, 'k'), ORG1);
      expect(await seen(own, 'k', ORG2)).toEqual(['nothing', false]);
      expect(await setsOf(1, ORG2)).not.toContain('secret');
    });

    it('stays where the purging transaction is invalid', async () => {
      await test.run(put('shared', 'k', 'secret'));
      await test.commit([await test.endorse(purge('shared', 'k'))], () => Promise.resolve(10));
      expect(await seen('shared', 'k')).toEqual(['secret', true]);
    });

    it('goes at an organisation that catches up', async () => {
      await test.run(put('shared', 'k', 'secret'));
      test.ledger.pause(ORG2);
      await test.run(purge('shared', 'k'));
      await test.run(put('shared', 'k', 'new'));
      expect(await seen('shared', 'k', ORG2)).toEqual(['secret', true]);
      await test.ledger.resume(ORG2);
      expect(await seen('shared', 'k', ORG2)).toEqual(['new', true]);
      expect(await setsOf(1, ORG2)).not.toContain('secret');
    });
  });
});
