import { documentKey } from '@medaccord/domain';
import { until } from '@medaccord/network/fabric';
import type { ToldClaim } from './claim-load.js';
import type { FaultNetwork } from './fault-network.js';
import { awaitEqualLedgers, claimsAt, documentsAt } from './peer-copies.js';

/** What is on the ledger of the claims of one round, compared with what people were told. */
export interface Findings {
  /** Claims that a hospital was told were accepted, or an insurer that they were adjudicated. */
  readonly told: number;
  /** Of these, what a peer of a party does not hold. */
  readonly lost: readonly string[];
  /** Claims of one patient account that are there twice, or were decided twice. */
  readonly doubled: readonly string[];
  /** Keys under which the parties' peers do not hold the same bytes. */
  readonly different: readonly string[];
  /** Height at which all ledgers were equal. */
  readonly height: number;
}

const PARTIES = ['HospitalMSP', 'InsurerMSP'];
/** Within this time every peer has fetched the private data that it missed. */
const RECONCILED_WITHIN_MS = 180_000;

/** Checks ledgers, copies and counts after a round; throws where the ledgers do not become equal. */
export async function audit(network: FaultNetwork, told: readonly ToldClaim[]): Promise<Findings> {
  const height = await awaitEqualLedgers(network.fabric);
  const keys = told.flatMap(keysOf);
  const { lost, different } = await compareCopies(network, keys);
  return { told: told.length, lost, different, doubled: await doubles(network, told), height };
}

function keysOf({ claimId, adjudicated }: ToldClaim): readonly string[] {
  const kinds = adjudicated ? (['claim', 'adjudication', 'eob'] as const) : (['claim'] as const);
  return kinds.map((kind) => documentKey({ kind, id: claimId, version: 1 }));
}

/** Private data that a peer missed is fetched later, so what is missing is looked for until it is there or time is up. */
async function compareCopies(network: FaultNetwork, keys: readonly string[]): Promise<Pick<Findings, 'lost' | 'different'>> {
  let last: Pick<Findings, 'lost' | 'different'> = { lost: [], different: [] };
  const complete = async (): Promise<true | undefined> => {
    last = await compareOnce(network, keys);
    return last.lost.length + last.different.length === 0 ? true : undefined;
  };
  await until(complete, { withinMs: RECONCILED_WITHIN_MS, what: 'every copy', everyMs: 1_000 }).catch(() => undefined);
  return last;
}

async function compareOnce({ fabric }: FaultNetwork, keys: readonly string[]): Promise<Pick<Findings, 'lost' | 'different'>> {
  const holders = fabric.topology.peers.filter(({ mspId }) => PARTIES.includes(mspId));
  const copies = await Promise.all(holders.map(async (peer) => documentsAt(fabric, peer, keys)));
  const lost = holders.flatMap(({ id }, holder) => keys.filter((_, index) => copies[holder]?.[index] === '').map((key) => `${key} at ${id}`));
  const different = keys.filter((_, index) => new Set(copies.map((copy) => copy[index]).filter((copy) => copy !== '')).size > 1);
  return { lost, different };
}

/** Claims that carry the same account number under two ids, and second versions of a claim or of its decision. */
async function doubles(network: FaultNetwork, told: readonly ToldClaim[]): Promise<readonly string[]> {
  const peer = network.peer('HospitalMSP', 0);
  const counts = new Map<string, number>();
  for (const { body } of await claimsAt(network.fabric, peer)) counts.set(body.content.patientControlNumber, (counts.get(body.content.patientControlNumber) ?? 0) + 1);
  const twice = told.filter(({ patientControlNumber }) => (counts.get(patientControlNumber) ?? 0) > 1).map(({ patientControlNumber }) => patientControlNumber);
  const second = told.flatMap(({ claimId: id }) => (['claim', 'adjudication', 'eob'] as const).map((kind) => documentKey({ kind, id, version: 2 })));
  const found = await documentsAt(network.fabric, peer, second);
  return [...twice, ...second.filter((_, index) => found[index] !== '')];
}
