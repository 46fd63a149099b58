/**
 * A process to be killed: commits blocks to the ledger in the directory given, as fast as it can, and prints the ids of a
 * block's transactions once the commit is acknowledged. Run by crash.test.ts.
 */
import { envelope } from './envelopes.js';
import { crashLedgerOptions } from './crash-ledger.js';
import { ORG1 } from './test-ledger.js';
import { openLedger } from '../ledger.js';

const [directory = '', run = ''] = process.argv.slice(2);
const ledger = await openLedger(crashLedgerOptions(directory));
for (let block = 0; ; block += 1) {
  const txIds = Array.from({ length: 1 + (block % 7) }, (_, index) => `${run}-${block}-${index}`);
  const envelopes: Uint8Array[] = [];
  for (const txId of txIds) {
    const simulator = await ledger.simulate(ORG1, txId);
    await simulator.getState('cc', `counter${block % 3}`);
    simulator.setState('cc', `counter${block % 3}`, Buffer.from(txId));
    simulator.setState('cc', txId, Buffer.from(txId));
    simulator.setPrivateData('cc', 'brief', txId, Buffer.alloc(500, txId));
    const { publicReadWriteSet, privateReadWriteSet = new Uint8Array(0) } = simulator.finish();
    await ledger.storeTransient(ORG1, txId, privateReadWriteSet);
    envelopes.push(envelope(txId, publicReadWriteSet));
  }
  const committed = await ledger.commit(envelopes, () => Promise.resolve(0));
  process.stdout.write(`${JSON.stringify(committed.transactions)}\n`);
}
