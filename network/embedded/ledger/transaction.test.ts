import { common, ledger, peer } from '@hyperledger/fabric-protos';
import { envelope } from './testing/envelopes.js';
import { decodeTransaction } from './transaction.js';

const results = new ledger.rwset.TxReadWriteSet().serializeBinary();

describe('an ordered envelope', () => {
  it('has the read-write set of its action', () => {
    expect(decodeTransaction(envelope('tx', results))).toMatchObject({ txId: 'tx', readWriteSet: { namespaces: [] }, lacksAction: false });
  });

  it('has none where it is no endorser transaction, whatever its content', () => {
    expect(decodeTransaction(envelope('tx', results, common.HeaderType.CONFIG))).toMatchObject({ txId: 'tx', readWriteSet: undefined, lacksAction: false });
  });

  it.each([
    ['no action', (transaction: peer.Transaction) => { transaction.setActionsList([]); }],
    ['an action without an endorsed part', (transaction: peer.Transaction) => { transaction.getActionsList()[0]?.setPayload(new peer.ChaincodeActionPayload().serializeBinary()); }],
    ['an action of other bytes', (transaction: peer.Transaction) => { transaction.getActionsList()[0]?.setPayload(Buffer.from('garbage')); }],
  ])('lacks its action where it has %s', (_what, change) => {
    const message = common.Envelope.deserializeBinary(envelope('tx', results));
    const payload = common.Payload.deserializeBinary(message.getPayload_asU8());
    const transaction = peer.Transaction.deserializeBinary(payload.getData_asU8());
    change(transaction);
    payload.setData(transaction.serializeBinary());
    message.setPayload(payload.serializeBinary());
    expect(decodeTransaction(message.serializeBinary())).toMatchObject({ txId: 'tx', readWriteSet: undefined, lacksAction: true });
  });
});
