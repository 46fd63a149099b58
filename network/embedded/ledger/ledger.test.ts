import { common, peer } from '@hyperledger/fabric-protos';
import { commitHashOf, dataHash, envelopesOf, headerHash, headerOf, validationCodes } from './block.js';
import { openLedger } from './ledger.js';
import { GENESIS_TX, genesisBlock } from './testing/envelopes.js';
import { ORG1, ORG2, ORG3, TestLedger } from './testing/test-ledger.js';
import type { Work } from './testing/test-ledger.js';

const bytes = (text: string): Buffer => Buffer.from(text);
const put = (key: string, value = 'x'): Work => (simulator) => {
  simulator.setState('cc', key, bytes(value));
};

describe('the ledger', () => {
  let test: TestLedger;
  beforeEach(async () => {
    test = await TestLedger.open({ shared: { members: [ORG1, ORG2] } });
  });
  afterEach(async () => {
    await test.close();
  });

  const block = async (number: number, mspId: string = ORG1): Promise<common.Block> => {
    const found = await test.ledger.blockByNumber(mspId, number);
    if (found === undefined) throw new Error(`no block ${number}`);
    return found;
  };

  it('begins with the genesis block, valid and without commit hash', async () => {
    const first = await block(0);
    expect(headerHash(headerOf(first))).toEqual(headerHash(headerOf(genesisBlock())));
    expect([...validationCodes(first)]).toEqual([0]);
    expect(commitHashOf(first)).toHaveLength(0);
    expect(await test.ledger.transaction(ORG1, GENESIS_TX)).toMatchObject({ blockNumber: 0, validationCode: 0 });
    expect(test.ledger.chainInfo(ORG3)).toEqual({
      height: 1,
      currentBlockHash: headerHash(headerOf(first)),
      previousBlockHash: new Uint8Array(0),
    });
  });

  it('links blocks by header and data hashes, and commits to the state', async () => {
    await test.run(put('a'));
    await test.run(put('b'));
    const [zero, one, two] = [await block(0), await block(1), await block(2)];
    expect(Buffer.from(headerOf(one).getPreviousHash_asU8())).toEqual(headerHash(headerOf(zero)));
    expect(Buffer.from(headerOf(two).getPreviousHash_asU8())).toEqual(headerHash(headerOf(one)));
    expect(Buffer.from(headerOf(two).getDataHash_asU8())).toEqual(dataHash(envelopesOf(two)));
    expect(commitHashOf(one)).toHaveLength(32);
    expect(commitHashOf(two)).not.toEqual(commitHashOf(one));
    expect(test.ledger.chainInfo(ORG1)).toEqual({
      height: 3,
      currentBlockHash: headerHash(headerOf(two)),
      previousBlockHash: headerOf(two).getPreviousHash_asU8(),
    });
  });

  it('has a block signed before its codes are known, as an orderer would', async () => {
    const signed: { number: number; codes: number }[] = [];
    const options = {
      ...test.options,
      signBlock: (unsigned: common.Block) => {
        signed.push({ number: headerOf(unsigned).getNumber(), codes: validationCodes(unsigned).length });
        const slots = unsigned.getMetadata()?.getMetadataList_asU8() ?? [];
        slots[common.BlockMetadataIndex.SIGNATURES] = bytes('signature');
        unsigned.getMetadata()?.setMetadataList(slots);
        return Promise.resolve();
      },
    };
    await test.ledger.close();
    test.ledger = await openLedger(options);
    await test.run(put('a'));
    expect(signed).toEqual([{ number: 1, codes: 0 }]);
    const slots = (await block(1)).getMetadata()?.getMetadataList_asU8() ?? [];
    expect(Buffer.from(slots[common.BlockMetadataIndex.SIGNATURES] ?? []).toString()).toBe('signature');
  });

  it('finds blocks by number and hash, and transactions by id', async () => {
    const transactions = [await test.endorse(put('a')), await test.endorse(put('b'))];
    const refused = peer.TxValidationCode.ENDORSEMENT_POLICY_FAILURE;
    await test.commit(transactions, (_envelope, { txNumber }) => Promise.resolve(txNumber === 0 ? refused : 0));
    const hash = headerHash(headerOf(await block(1)));
    expect(headerOf((await test.ledger.blockByHash(ORG2, hash)) ?? new common.Block()).getNumber()).toBe(1);
    expect(await test.ledger.blockByHash(ORG2, bytes('unknown'))).toBeUndefined();
    expect(await test.ledger.blockByNumber(ORG2, 2)).toBeUndefined();
    for (const [index, { txId, envelope }] of transactions.entries()) {
      const found = await test.ledger.transaction(ORG2, txId);
      expect(found).toMatchObject({ blockNumber: 1, validationCode: index === 0 ? refused : 0 });
      expect(Buffer.from(found?.envelope ?? [])).toEqual(Buffer.from(envelope));
    }
    expect(await test.ledger.transaction(ORG2, 'unknown')).toBeUndefined();
  });

  it('is all there after it was closed', async () => {
    const [one, two] = [await test.endorse(put('a', '1')), await test.endorse((simulator) => {
      simulator.setPrivateData('cc', 'shared', 'p', bytes('secret'));
    })];
    await test.commit([one]);
    await test.commit([two]);
    const before = [await block(1), await block(2)].map((one) => Buffer.from(one.serializeBinary()).toString('hex'));
    await test.reopen();
    expect([await block(1), await block(2)].map((one) => Buffer.from(one.serializeBinary()).toString('hex'))).toEqual(before);
    expect(await test.text('a')).toBe('1');
    expect(await test.query((simulator) => simulator.getPrivateData('cc', 'shared', 'p'), ORG2)).toEqual(bytes('secret'));
    expect(Buffer.from((await test.ledger.transaction(ORG1, two.txId))?.envelope ?? [])).toEqual(Buffer.from(two.envelope));
    expect(await test.ledger.transaction(ORG1, one.txId)).toMatchObject({ blockNumber: 1 });
    expect(await test.run(put('a', '2'))).toBe(0);
    expect(test.ledger.chainInfo(ORG1).height).toBe(4);
    expect((await test.ledger.verify()).problems).toEqual([]);
  });

  it('belongs to one channel and one genesis block', async () => {
    await test.ledger.close();
    await expect(openLedger({ ...test.options, channel: 'other' })).rejects.toThrow('another genesis block');
    const other = genesisBlock();
    headerOf(other).setDataHash(bytes('other'));
    await expect(openLedger({ ...test.options, genesisBlock: other })).rejects.toThrow('another genesis block');
    test.ledger = await openLedger(test.options);
  });

  it('cannot be opened twice at once', async () => {
    await expect(openLedger(test.options)).rejects.toThrow();
    expect(await test.run(put('a'))).toBe(0);
  });

  it('commits blocks given at once in the order given', async () => {
    const transactions = await Promise.all([1, 2, 3].map((value) => test.endorse(put('a', String(value)))));
    const blocks = await Promise.all(transactions.map((transaction) => test.commit([transaction])));
    expect(blocks.map(({ number }) => number)).toEqual([1, 2, 3]);
    expect(await test.text('a')).toBe('3');
  });

  it('commits an empty block', async () => {
    expect((await test.commit([])).transactions).toEqual([]);
    expect(test.ledger.chainInfo(ORG1).height).toBe(2);
  });

  it('takes in an organisation that joins later', async () => {
    await test.run((simulator) => {
      simulator.setState('cc', 'a', bytes('1'));
      simulator.setPrivateData('cc', 'shared', 'p', bytes('secret'));
    });
    await test.ledger.close();
    test.ledger = await openLedger({ ...test.options, organisations: [...test.options.organisations, 'Org4MSP'] });
    expect(test.ledger.chainInfo('Org4MSP').height).toBe(2);
    expect(await test.text('a', 'Org4MSP')).toBe('1');
    await expect(test.query((simulator) => simulator.getPrivateData('cc', 'shared', 'p'), 'Org4MSP')).rejects.toThrow('not available');
  });
});
