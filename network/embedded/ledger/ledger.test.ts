import { peer } from '@hyperledger/fabric-protos';
import { implicitCollection } from './collection-access.js';
import { ORG1, ORG2, TestLedger } from './testing/test-ledger.js';

const { VALID, MVCC_READ_CONFLICT } = peer.TxValidationCode;
const bytes = (text: string): Buffer => Buffer.from(text);

describe('the ledger', () => {
  let test: TestLedger;
  beforeEach(async () => {
    test = await TestLedger.open();
  });
  afterEach(async () => {
    await test.close();
  });

  test_commit();

  function test_commit(): void {
    it('commits a write and shows it at every organisation', async () => {
      expect(await test.run((simulator) => {
        simulator.setState('cc', 'a', bytes('1'));
      })).toBe(VALID);
      expect(await test.text('a')).toBe('1');
      expect(await test.text('a', ORG2)).toBe('1');
      expect(test.ledger.chainInfo(ORG1).height).toBe(2);
    });

    it('refuses a stale read', async () => {
      const stale = await test.endorse(async (simulator) => {
        await simulator.getState('cc', 'a');
        simulator.setState('cc', 'a', bytes('2'));
      });
      await test.run((simulator) => {
        simulator.setState('cc', 'a', bytes('1'));
      });
      expect((await test.commit([stale])).transactions[0]?.validationCode).toBe(MVCC_READ_CONFLICT);
      expect(await test.text('a')).toBe('1');
    });

    it('keeps private values at the member and hashes everywhere', async () => {
      const collection = implicitCollection(ORG2);
      expect(await test.run((simulator) => {
        simulator.setPrivateData('cc', collection, 'k', bytes('secret'));
      }, ORG2)).toBe(VALID);
      expect(await test.query((simulator) => simulator.getPrivateData('cc', collection, 'k'), ORG2)).toEqual(bytes('secret'));
      await expect(test.query((simulator) => simulator.getPrivateData('cc', collection, 'k'), ORG1)).rejects.toThrow(
        'private data matching public hash version is not available. Public hash version = {BlockNum: 1, TxNum: 0}, Private data version = <nil>',
      );
      expect(await test.query((simulator) => simulator.getPrivateDataHash('cc', collection, 'k'), ORG1)).toHaveLength(32);
    });

    it('is all there after a restart', async () => {
      await test.run((simulator) => {
        simulator.setState('cc', 'a', bytes('1'));
      });
      await test.reopen();
      expect(await test.text('a')).toBe('1');
      expect(test.ledger.chainInfo(ORG1).height).toBe(2);
    });
  }
});
