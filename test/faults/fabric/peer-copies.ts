import { createHash } from 'node:crypto';
import { blockByNumber, chainHeight, type FabricNetwork, ordererAdministration, PeerClient, type PeerNode, until, withPeer } from '@medaccord/network/fabric';
import type { ClaimDocument, DocumentPage } from '@medaccord/domain';

/** Where a block's metadata holds the hash over everything that was committed so far, validation codes included. */
const COMMIT_HASH = 4;
const EQUAL_WITHIN_MS = 180_000;
const PAGE = 1000;

/** Waits until every orderer and peer has the same blocks and every peer made the same state of them; answers the height. */
export async function awaitEqualLedgers(fabric: FabricNetwork): Promise<number> {
  return until(async () => {
    const seen = new Set(await Promise.all([...fabric.topology.peers.map(async (peer) => peerLedger(fabric, peer)), ...(await ordererLedgers(fabric))]));
    const [only = ''] = seen;
    const heights = new Set([...seen].map((entry) => entry.split(' ')[0]));
    if (heights.size > 1) return undefined;
    // A peer's entry has the commit hash as well; orderers commit nothing.
    const commits = new Set([...seen].flatMap((entry) => entry.split(' ')[2] ?? []));
    const blocks = new Set([...seen].map((entry) => entry.split(' ')[1]));
    if (commits.size > 1 || blocks.size > 1) throw new Error(`ledgers differ at height ${[...heights].join()}`);
    return Number(only.split(' ')[0]);
  }, { withinMs: EQUAL_WITHIN_MS, what: 'all ledgers to be equal' });
}

async function peerLedger({ identities, topology }: FabricNetwork, peer: PeerNode): Promise<string> {
  return withPeer(peer, identities, async (client) => {
    const { height } = await chainHeight(client, topology.channel);
    const block = await blockByNumber(client, topology.channel, height - 1);
    const commit = block.getMetadata()?.getMetadataList_asU8()[COMMIT_HASH] ?? new Uint8Array();
    return `${height} ${headerHash(block)} ${Buffer.from(commit).toString('hex')}`;
  });
}

async function ordererLedgers({ identities, topology }: FabricNetwork): Promise<Promise<string>[]> {
  return Promise.resolve(
    topology.orderers.map(async (orderer) => {
      const block = await (await ordererAdministration(orderer, identities)).block(topology.channel, 'newest');
      return `${(block.getHeader()?.getNumber() ?? 0) + 1} ${headerHash(block)}`;
    }),
  );
}

function headerHash(block: Awaited<ReturnType<typeof blockByNumber>>): string {
  return createHash('sha256').update(block.getHeader()?.serializeBinary() ?? new Uint8Array()).digest('hex');
}

/** Asks one peer, and no other, as its organisation's gateway does. */
export async function askPeer<T>({ identities, topology }: FabricNetwork, peer: PeerNode, query: string, ...args: readonly string[]): Promise<T> {
  const organisation = identities.of(peer.mspId);
  const client = new PeerClient({ endpoint: `${peer.host}:${peer.port}`, tlsCaCert: organisation.issuer.authorities.tls }, await organisation.user('gateway'));
  try {
    return JSON.parse(Buffer.from(await client.call({ channel: topology.channel, chaincode: 'claims', args: [query, ...args] })).toString()) as T;
  } finally {
    client.close();
  }
}

/** Every claim that a peer holds. */
export async function claimsAt(fabric: FabricNetwork, peer: PeerNode): Promise<readonly ClaimDocument[]> {
  const claims: ClaimDocument[] = [];
  let after = '';
  for (;;) {
    const { items, next } = await askPeer<DocumentPage>(fabric, peer, 'listDocuments', 'claim', after, String(PAGE));
    claims.push(...(items as readonly ClaimDocument[]));
    if (next === undefined) return claims;
    after = next;
  }
}

/** What a peer holds under these keys, as one text per key; empty where it holds nothing. */
export async function documentsAt(fabric: FabricNetwork, peer: PeerNode, keys: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (let start = 0; start < keys.length; start += PAGE) {
    const page = await askPeer<readonly (object | null)[]>(fabric, peer, 'readDocuments', JSON.stringify(keys.slice(start, start + PAGE)));
    found.push(...page.map((document) => (document === null ? '' : JSON.stringify(document))));
  }
  return found;
}
