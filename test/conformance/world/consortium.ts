import type { ChaincodeConfig, CollectionConfig, ConsortiumConfig } from '@medaccord/network/configuration';

/** The organisations of the suite. */
export const ALPHA = 'AlphaMSP';
export const BETA = 'BetaMSP';
export const GAMMA = 'GammaMSP';
export const MSP_IDS: readonly string[] = [ALPHA, BETA, GAMMA];

/** The implicit collection of an organisation. */
export function implicit(mspId: string): string {
  return `_implicit_org_${mspId}`;
}

const ALPHA_AND_BETA = `OR('${ALPHA}.member', '${BETA}.member')`;
const ANYONE = `OR('${ALPHA}.peer', '${BETA}.peer', '${GAMMA}.peer')`;

/**
 * The chaincodes, all the same code under different rules:
 * `basic` any two of three; `strict` all three; `open` anyone; `lone` runs at Alpha alone; `secured` and `mutual` are
 * reached over TLS, the second with a client certificate; `fragile` has processes of its own, which tests end;
 * `changing` has its definition changed; `prepared` has to be initialised before it is used.
 */
export const CHAINCODES: readonly ChaincodeConfig[] = [
  chaincode('basic', '/Channel/Application/Endorsement', [
    collection('shared'),
    collection('members', { memberOnlyRead: true, memberOnlyWrite: true }),
    collection('brief', { blockToLive: 3 }),
    collection('guarded', { endorsementPolicy: { signaturePolicy: `AND('${ALPHA}.peer', '${BETA}.peer')` } }),
  ]),
  chaincode('strict', `AND('${ALPHA}.peer', '${BETA}.peer', '${GAMMA}.peer')`),
  chaincode('open', ANYONE),
  { ...chaincode('lone', `OR('${ALPHA}.peer')`), installedAt: [ALPHA] },
  chaincode('secured', ANYONE),
  chaincode('mutual', ANYONE),
  chaincode('fragile', ANYONE),
  chaincode('changing', ANYONE),
  { ...chaincode('prepared', ANYONE), initRequired: true },
];

/** Chaincodes that have a process of their own at each organisation. */
export const SEPARATE: ReadonlySet<string> = new Set(['fragile']);

/** The consortium of the suite. */
export const CONSORTIUM: ConsortiumConfig = {
  channel: 'conformance',
  organisations: MSP_IDS.map((mspId) => ({
    name: mspId.replace('MSP', '').toLowerCase(),
    mspId,
    domain: `${mspId.replace('MSP', '').toLowerCase()}.example`,
    peers: 1,
    users: [{ name: 'tester', attributes: { 'desk.number': '7' } }],
  })),
  chaincodes: CHAINCODES,
  ordering: { maxMessageCount: 50, preferredMaxBytes: 4_000_000, batchTimeoutMs: 100 },
};

/** The definition of one of the chaincodes. */
export function definition(name: string): ChaincodeConfig {
  const found = CHAINCODES.find((candidate) => candidate.name === name);
  if (found === undefined) {
    throw new Error(`the suite has no chaincode ${name}`);
  }
  return found;
}

function chaincode(name: string, endorsementPolicy: string, collections: readonly CollectionConfig[] = []): ChaincodeConfig {
  return { name, version: '1', sequence: 1, endorsementPolicy, collections };
}

function collection(name: string, rules: Partial<CollectionConfig> = {}): CollectionConfig {
  return { name, policy: ALPHA_AND_BETA, requiredPeerCount: 0, maxPeerCount: 1, blockToLive: 0, memberOnlyRead: false, memberOnlyWrite: false, ...rules };
}
