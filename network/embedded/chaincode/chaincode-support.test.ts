import { peer } from '@hyperledger/fabric-protos';
import type { ChaincodeDefinition } from '../definitions/chaincode-definition.js';
import type { DefinitionBook } from '../definitions/definition-book.js';
import { int64Field } from '../definitions/lifecycle-record.js';
import { ChaincodeSupport } from './chaincode-support.js';
import type { TransactionScope } from './execution.js';

const definition = { name: 'cc', version: '1', sequence: 1, initRequired: false } as ChaincodeDefinition;

/** A peer that knows the first definition of `cc`, in a channel whose state names this sequence. */
function invoke(sequence: number): Promise<unknown> {
  const definitions = {
    settled: () => Promise.resolve(),
    current: () => definition,
    at: (_name: string, at: number) => (at === definition.sequence ? definition : undefined),
  } as unknown as DefinitionBook;
  const support = new ChaincodeSupport({
    mspId: 'A', definitions, isInstalled: () => true, systemChaincodes: new Map(), checkCallAccess: () => undefined, executeTimeoutMs: 100, startTimeoutMs: 100,
  });
  const scope = { channelId: 'channel', txId: 'tx', proposal: {}, simulator: { getState: () => Promise.resolve(int64Field(sequence)) } };
  return support.invoke(scope as unknown as TransactionScope, 'cc', new peer.ChaincodeInput());
}

test('a chaincode whose server nobody has named is not launched', async () => {
  await expect(invoke(1)).rejects.toThrow('could not launch chaincode cc:1: error building chaincode: no address of a chaincode server is known');
});

test('a definition that the peer has not read yet ends the transaction', async () => {
  await expect(invoke(2)).rejects.toThrow("chaincode cache at sequence 1 but current sequence is 2, chaincode definition for 'cc' changed during invoke");
});
