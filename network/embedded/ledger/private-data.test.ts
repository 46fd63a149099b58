import { peer } from '@hyperledger/fabric-protos';
import { createHash } from 'node:crypto';
import type { Simulator } from './api.js';
import { implicitCollection } from './collection-access.js';
import { decodePrivateSets } from './read-write-set-decoding.js';
import { ORG1, ORG2, ORG3, TestLedger } from './testing/test-ledger.js';
import type { Work } from './testing/test-ledger.js';

const { VALID, MVCC_READ_CONFLICT, ENDORSEMENT_POLICY_FAILURE } = peer.TxValidationCode;
const bytes = (text: string): Buffer => Buffer.from(text);
const own = implicitCollection(ORG1);

describe('private data', () => {
  let test: TestLedger;
  beforeEach(async () => {
    test = await TestLedger.open({
      shared: { members: [ORG1, ORG2] },
      closed: { members: [ORG1, ORG2], memberOnlyRead: true, memberOnlyWrite: true },
    });
  });
  afterEach(async () => {
    await test.close();
  });

  const put = (collection: string, key: string, value: string): Work => (simulator) => {
    simulator.setPrivateData('cc', collection, key, bytes(value));
  };
  const drop = (collection: string, key: string): Work => (simulator) => {
    simulator.deletePrivateData('cc', collection, key);
  };

  async function value(mspId: string, collection: string, key: string): Promise<string | undefined> {
    const found = await test.query((simulator) => simulator.getPrivateData('cc', collection, key), mspId);
    return found && Buffer.from(found).toString();
  }

  async function hash(mspId: string, collection: string, key: string): Promise<string | undefined> {
    const found = await test.query((simulator) => simulator.getPrivateDataHash('cc', collection, key), mspId);
    return found && Buffer.from(found).toString('hex');
  }

  it('is a value at members and a hash at everyone', async () => {
    expect(await test.run(put('shared', 'k', 'secret'))).toBe(VALID);
    expect(await value(ORG1, 'shared', 'k')).toBe('secret');
    // Org2 did not endorse: its peer pulls the value from Org1's.
    expect(await value(ORG2, 'shared', 'k')).toBe('secret');
    const expected = createHash('sha256').update('secret').digest('hex');
    expect(await Promise.all([ORG1, ORG2, ORG3].map((mspId) => hash(mspId, 'shared', 'k')))).toEqual([expected, expected, expected]);
  });

  it('is refused with the text of the peer where the organisation lacks the value', async () => {
    await test.run(put('shared', 'k', 'secret'));
    await expect(value(ORG3, 'shared', 'k')).rejects.toThrow(
      /^private data matching public hash version is not available\. Public hash version = \{BlockNum: 1, TxNum: 0\}, Private data version = <nil>$/,
    );
    expect(await value(ORG3, 'shared', 'unknown')).toBeUndefined();
  });

  it('stands in no block and at nobody else', async () => {
    await test.run(put(own, 'patient-key', 'patient-value'));
    const block = (await test.ledger.blockByNumber(ORG2, 1))?.serializeBinary() ?? new Uint8Array(0);
    expect(Buffer.from(block).includes('patient')).toBe(false);
    expect((await test.ledger.privateData(ORG2, 1)).size).toBe(0);
    expect(await test.query(async (simulator) => (await (await simulator.getPrivateDataRange('cc', own, '', '')).next(9)).results, ORG2)).toEqual([]);
  });

  it('is delivered with its block to members, by transaction', async () => {
    const plain = await test.endorse((simulator) => {
      simulator.setState('cc', 'a', bytes('x'));
    });
    await test.commit([plain, await test.endorse(put('shared', 'k', 'secret'))]);
    const held = await test.ledger.privateData(ORG2, 1);
    expect([...held.keys()]).toEqual([1]);
    const sets = decodePrivateSets(held.get(1) ?? new Uint8Array(0));
    expect(sets).toMatchObject([{ namespace: 'cc', collection: 'shared', writes: [{ key: 'k' }] }]);
    expect((await test.ledger.privateData(ORG3, 1)).size).toBe(0);
    expect((await test.ledger.privateData(ORG1, 7)).size).toBe(0);
  });

  it('of one transaction reaches each member with its own collections alone', async () => {
    await test.run((simulator) => {
      for (const mspId of [ORG1, ORG2]) simulator.setPrivateData('cc', implicitCollection(mspId), 'k', bytes(`for ${mspId}`));
    });
    const collections = async (mspId: string): Promise<string[]> =>
      decodePrivateSets((await test.ledger.privateData(mspId, 1)).get(0) ?? new Uint8Array(0)).map(({ collection }) => collection);
    expect(await collections(ORG1)).toEqual([implicitCollection(ORG1)]);
    // Only Org1's peer endorsed and it is no member of Org2's collection: gossip would not bring the value either.
    expect(await collections(ORG2)).toEqual([]);
    expect(await test.ledger.missingPrivateData(ORG2)).toEqual([
      { namespace: 'cc', collection: implicitCollection(ORG2), blockNumber: 1, txNumber: 0 },
    ]);
  });

  it('arrives where both parties endorse', async () => {
    const write: Work = (simulator) => {
      for (const mspId of [ORG1, ORG2]) simulator.setPrivateData('cc', implicitCollection(mspId), 'k', bytes('agreed'));
    };
    const transaction = await test.endorse(write, ORG1);
    await test.endorse(write, ORG2, transaction.txId);
    await test.commit([transaction]);
    expect(await value(ORG1, implicitCollection(ORG1), 'k')).toBe('agreed');
    expect(await value(ORG2, implicitCollection(ORG2), 'k')).toBe('agreed');
  });

  it('whose hash does not match the transaction is not taken', async () => {
    const transaction = await test.endorse(put(own, 'k', 'agreed'));
    const forged = await test.ledger.simulate(ORG2, transaction.txId);
    forged.setPrivateData('cc', own, 'k', bytes('forged'));
    const honest = test.ledger;
    await honest.storeTransient(ORG1, transaction.txId, forged.finish().privateReadWriteSet ?? new Uint8Array(0));
    await test.commit([transaction]);
    expect(await value(ORG1, own, 'k')).toBe('agreed');
  });

  it('follows a change of its metadata where the organisation has it, and the change alone where it has not', async () => {
    const mark: Work = async (simulator) => {
      await simulator.setPrivateDataMetadata('cc', 'shared', 'k', 'other', bytes('x'));
    };
    test.ledger.stripPrivateData(ORG2, true);
    await test.run(put('shared', 'k', 'secret'));
    test.ledger.stripPrivateData(ORG2, false);
    expect(await test.run(mark)).toBe(VALID);
    expect(await value(ORG1, 'shared', 'k')).toBe('secret');
    await expect(value(ORG2, 'shared', 'k')).rejects.toThrow('not available');
  });

  it('that an organisation still has although the channel deleted it stays refused when its metadata changes', async () => {
    await test.run(put('shared', 'k', 'secret'));
    test.ledger.stripPrivateData(ORG2, true);
    await test.run(drop('shared', 'k'));
    test.ledger.stripPrivateData(ORG2, false);
    await test.run(async (simulator) => {
      await simulator.setPrivateDataMetadata('cc', 'shared', 'k', 'other', bytes('x'));
    });
    expect(await value(ORG1, 'shared', 'k')).toBeUndefined();
    await expect(value(ORG2, 'shared', 'k')).rejects.toThrow('not available');
  });

  it('is gone where its block purges it afterwards, and there where it is written after the purge', async () => {
    const purge: Work = (simulator) => {
      simulator.purgePrivateData('cc', 'shared', 'k');
    };
    await test.commit([await test.endorse(put('shared', 'k', 'first')), await test.endorse(purge)]);
    expect(await value(ORG1, 'shared', 'k')).toBeUndefined();
    await test.commit([await test.endorse(purge), await test.endorse(put('shared', 'k', 'second'))]);
    expect([await value(ORG1, 'shared', 'k'), await value(ORG2, 'shared', 'k')]).toEqual(['second', 'second']);
  });

  it('is gone where its block purges it, although the purge’s own private part never arrived', async () => {
    const written = await test.endorse(put('shared', 'k', 'secret'));
    const simulator = await test.ledger.simulate(ORG1, 'lost');
    simulator.purgePrivateData('cc', 'shared', 'k');
    const { envelope } = await import('./testing/envelopes.js');
    await test.commit([written, { txId: 'lost', envelope: envelope('lost', simulator.finish().publicReadWriteSet) }]);
    expect(await value(ORG1, 'shared', 'k')).toBeUndefined();
  });

  it('of a collection that is no longer defined goes to nobody', async () => {
    const transaction = await test.endorse(put('shared', 'k', 'secret'));
    const { collections } = test.options;
    await test.reopen({ collections: (namespace, name) => (name === 'shared' ? undefined : collections(namespace, name)) });
    await test.commit([transaction]);
    expect((await test.ledger.privateData(ORG1, 1)).size).toBe(0);
    expect(await test.ledger.missingPrivateData(ORG1)).toEqual([]);
  });

  it('is missing, and said to be, where nobody has it any more', async () => {
    const simulator = await test.ledger.simulate(ORG1, 'lost');
    simulator.setPrivateData('cc', own, 'k', bytes('lost'));
    const { envelope } = await import('./testing/envelopes.js');
    await test.commit([{ txId: 'lost', envelope: envelope('lost', simulator.finish().publicReadWriteSet) }]);
    expect(await test.ledger.missingPrivateData(ORG1)).toHaveLength(1);
    await expect(value(ORG1, own, 'k')).rejects.toThrow('Public hash version = {BlockNum: 1, TxNum: 0}, Private data version = <nil>');
    expect(await hash(ORG1, own, 'k')).toHaveLength(64);
  });

  it('of an invalid transaction is kept with the block and has no effect', async () => {
    const refused = await test.endorse(put('shared', 'k', 'secret'));
    await test.commit([refused], () => Promise.resolve(ENDORSEMENT_POLICY_FAILURE));
    expect(await value(ORG1, 'shared', 'k')).toBeUndefined();
    expect(await hash(ORG1, 'shared', 'k')).toBeUndefined();
    expect((await test.ledger.privateData(ORG1, 1)).size).toBe(1);
  });

  it('is deleted with its hash', async () => {
    await test.run(put('shared', 'k', 'secret'));
    await test.run(drop('shared', 'k'));
    expect(await value(ORG2, 'shared', 'k')).toBeUndefined();
    expect(await hash(ORG3, 'shared', 'k')).toBeUndefined();
    expect((await test.ledger.privateData(ORG1, 1)).size).toBe(1);
  });

  describe('in conflicts', () => {
    const readValue: Work = async (simulator) => {
      await simulator.getPrivateData('cc', 'shared', 'k');
      simulator.setState('cc', 'seen', bytes('x'));
    };
    const readHash: Work = async (simulator) => {
      await simulator.getPrivateDataHash('cc', 'shared', 'k');
      simulator.setState('cc', 'seen', bytes('x'));
    };

    it.each<[string, Work, string]>([
      ['a value read by a member', readValue, ORG1],
      ['a hash read by a stranger', readHash, ORG3],
    ])('%s must still be so', async (_name, read, mspId) => {
      await test.run(put('shared', 'k', '1'));
      const [stale, fresh] = [await test.endorse(read, mspId), await test.endorse(put('shared', 'k', '2'))];
      const block = await test.commit([fresh, stale]);
      expect(block.transactions.map(({ validationCode }) => validationCode)).toEqual([VALID, MVCC_READ_CONFLICT]);
      expect(await test.run(read, mspId)).toBe(VALID);
    });

    it('absence that ended is one too', async () => {
      const stale = await test.endorse(readHash, ORG3);
      await test.run(put('shared', 'k', '1'));
      expect((await test.commit([stale])).transactions[0]?.validationCode).toBe(MVCC_READ_CONFLICT);
    });

    it('several values read at once conflict where one is missing here', async () => {
      await test.run(put('shared', 'k', '1'));
      const blind: Work = async (simulator) => {
        expect(await simulator.getPrivateDataMultiple('cc', 'shared', ['k'])).toEqual([undefined]);
        simulator.setState('cc', 'seen', bytes('x'));
      };
      expect(await test.run(blind, ORG3)).toBe(MVCC_READ_CONFLICT);
    });
  });

  it('keeps its value available when only its metadata changes', async () => {
    await test.run(put('shared', 'k', 'secret'));
    await test.run(async (simulator) => {
      await simulator.setPrivateDataMetadata('cc', 'shared', 'k', 'VALIDATION_PARAMETER', bytes('policy'));
    });
    expect(await value(ORG1, 'shared', 'k')).toBe('secret');
    expect(await value(ORG2, 'shared', 'k')).toBe('secret');
    const metadata = await test.query((simulator) => simulator.getPrivateDataMetadata('cc', 'shared', 'k'), ORG3);
    expect([...metadata.keys()]).toEqual(['VALIDATION_PARAMETER']);
  });

  describe('in queries', () => {
    const ordered = (simulator: Simulator): Promise<string[]> =>
      simulator
        .getPrivateDataRange('cc', 'shared', '', '')
        .then((range) => range.next(9))
        .then(({ results }) => results.map(({ key }) => key));

    it('comes in key order, from what the organisation holds', async () => {
      await test.run((simulator) => {
        for (const key of ['b', 'a', 'é']) simulator.setPrivateData('cc', 'shared', key, bytes('x'));
      });
      expect(await test.query(ordered, ORG2)).toEqual(['a', 'b', 'é']);
      expect(await test.query(ordered, ORG3)).toEqual([]);
    });

    it('excludes writes, before and after', async () => {
      await test.query(async (simulator) => {
        await ordered(simulator);
        expect(() => {
          simulator.setState('cc', 'a', bytes('x'));
        }).toThrow(/^txid \[tx\d+\]: unsuppored transaction\. Transaction has already performed queries on pvt data\. Writes are not allowed$/);
      });
      await test.query(async (simulator) => {
        simulator.setState('cc', 'a', bytes('x'));
        await expect(ordered(simulator)).rejects.toThrow('unsuppored transaction. Queries on pvt data is supported only in a read-only transaction');
      });
    });
  });

  describe('of a collection', () => {
    it('that is not defined is refused with the texts of the peer', async () => {
      await expect(value(ORG1, 'none', 'k')).rejects.toThrow('collection testchannel/cc/none could not be found');
      await expect(hash(ORG1, 'none', 'k')).rejects.toThrow('collection [none] not defined in the collection config for chaincode [cc]');
      await expect(value(ORG1, implicitCollection('StrangerMSP'), 'k')).rejects.toThrow(
        'collection [_implicit_org_StrangerMSP] not defined in the collection config for chaincode [cc]',
      );
    });

    it('for members only refuses other creators', async () => {
      const as = (creator: string, work: (simulator: Simulator) => Promise<unknown>): Promise<unknown> => test.query(work, ORG1, creator);
      const read = (simulator: Simulator): Promise<unknown> => simulator.getPrivateData('cc', 'closed', 'k');
      const write = (simulator: Simulator): Promise<unknown> => {
        simulator.setPrivateData('cc', 'closed', 'k', bytes('x'));
        return Promise.resolve();
      };
      await expect(as(ORG3, read)).rejects.toThrow(
        'tx creator does not have read access permission on privatedata in chaincodeName:cc collectionName: closed',
      );
      await expect(as(ORG3, (simulator) => simulator.getPrivateDataRange('cc', 'closed', '', ''))).rejects.toThrow('does not have read access');
      await expect(as(ORG3, (simulator) => simulator.getPrivateDataMetadata('cc', 'closed', 'k'))).rejects.toThrow('does not have read access');
      await expect(as(ORG3, (simulator) => Promise.resolve().then(() => write(simulator)))).rejects.toThrow(
        'tx creator does not have write access permission on privatedata in chaincodeName:cc collectionName: closed',
      );
      await as(ORG2, read);
      await as(ORG2, write);
      // Hashes are for everyone.
      await as(ORG3, (simulator) => simulator.getPrivateDataHash('cc', 'closed', 'k'));
      await as(ORG3, (simulator) => simulator.getPrivateData('cc', 'shared', 'k'));
    });
  });
});
