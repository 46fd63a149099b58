import type { LedgerOptions } from '../api.js';
import { CHANNEL, genesisBlock } from './envelopes.js';
import { ORG1, ORG2 } from './test-ledger.js';

/** The ledger that crash.test.ts kills and examines; private values live three blocks. */
export function crashLedgerOptions(directory: string): LedgerOptions {
  return {
    directory,
    channel: CHANNEL,
    organisations: [ORG1, ORG2],
    genesisBlock: genesisBlock(),
    collections: (_namespace, name) => ({ name, isMember: () => true, memberOnlyRead: false, memberOnlyWrite: false, blockToLive: 3 }),
    signBlock: () => Promise.resolve(),
  };
}
