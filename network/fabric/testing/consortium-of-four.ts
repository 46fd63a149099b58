import type { ConsortiumConfig } from '../../configuration/index.js';

/** Four organisations, the first with two peers, and one chaincode; nothing of it is anybody's business. */
export const CONSORTIUM_OF_FOUR: ConsortiumConfig = {
  channel: 'agreed',
  organisations: ['Alpha', 'Beta', 'Gamma', 'Delta'].map((name, position) => ({
    name: name.toLowerCase(),
    mspId: `${name}MSP`,
    domain: `${name.toLowerCase()}.example`,
    peers: position === 0 ? 2 : 1,
    users: [{ name: 'clerk', attributes: { 'desk.number': '7' } }],
  })),
  chaincodes: [{ name: 'key-value', version: '1.0.0', sequence: 1, endorsementPolicy: '/Channel/Application/Endorsement', collections: [] }],
  ordering: { maxMessageCount: 100, preferredMaxBytes: 2_097_152, batchTimeoutMs: 50 },
};
