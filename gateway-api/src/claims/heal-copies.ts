import { canonicalJson, invalidInput, issue, mspId, object, parse } from '@medaccord/domain';
import type { DocumentCopy, JointParties } from '@medaccord/domain';
import type { WriteRequest } from '../idempotency/write-request.js';
import type { ClaimsClient } from '../ledger/claims-client.js';
import { isRefusal } from '../ledger/claims-client.js';

/** What became of the other party's copy of one document. */
export interface HealedCopy {
  readonly key: string;
  readonly outcome: 'HELD' | 'HEALED' | 'REFUSED';
}

/** Most copies of one command, and most characters of them: a block with private data has to stay deliverable. */
const MOST_COPIES = 50;
const MOST_CHARACTERS = 2_000_000;

/** True for a copy of something that concerns the other organisation as well. */
export function isShared({ bytes }: DocumentCopy, counterparty: string): boolean {
  const { insurerMsp, hospitalMsp } = namedIn(bytes);
  return insurerMsp === counterparty || hospitalMsp === counterparty;
}

/** The parties that a document names; an entry without any names none. */
function namedIn(bytes: string): Partial<JointParties> {
  return (JSON.parse(bytes) as { readonly parties?: Partial<JointParties> }).parties ?? {};
}

/**
 * Takes the other parties' copies of what this organisation does not hold; what it holds, also otherwise, is left alone (a
 * single claim's copies are made equal by `POST /v1/claims/:id/heal`). Throws INVALID_INPUT for bytes that name no two parties.
 */
export async function healCopies(client: ClaimsClient, write: WriteRequest, copies: readonly DocumentCopy[]): Promise<readonly HealedCopy[]> {
  const pairs = copies.map((copy, index) => ({ copy, pair: canonicalJson({ ...partiesOf(copy, index) }) }));
  const held = await heldKeys(client, copies);
  const outcomes = new Map<string, HealedCopy['outcome']>([...held].map((key) => [key, 'HELD']));
  const wanted = pairs.filter(({ copy }) => !held.has(copy.key));
  for (const pair of new Set(wanted.map((one) => one.pair))) {
    for (const batch of batchesOf(wanted.flatMap((one) => (one.pair === pair ? one.copy : [])))) {
      for (const [key, outcome] of await healBatch(client, write, JSON.parse(pair) as JointParties, batch)) outcomes.set(key, outcome);
    }
  }
  return copies.map(({ key }) => ({ key, outcome: outcomes.get(key) ?? 'REFUSED' }));
}

/** One bad copy refuses its whole command, so a refused batch is tried in halves. */
async function healBatch(client: ClaimsClient, write: WriteRequest, parties: JointParties, batch: readonly DocumentCopy[]): Promise<readonly (readonly [string, HealedCopy['outcome']])[]> {
  try {
    await client.apply(write, `heal ${batch.map(({ key }) => key).join(' ')}`, { parties, body: { verb: 'heal', items: batch } });
    return batch.map(({ key }) => [key, 'HEALED'] as const);
  } catch (error) {
    if (!isRefusal(error, 'NOT_HEALABLE', 'MIXED_PARTIES')) throw error;
    if (batch.length === 1) return batch.map(({ key }) => [key, 'REFUSED'] as const);
    const middle = Math.ceil(batch.length / 2);
    return [...(await healBatch(client, write, parties, batch.slice(0, middle))), ...(await healBatch(client, write, parties, batch.slice(middle)))];
  }
}

/** Keys of documents that are here. Entries of the list of open claims are no documents; writing them again changes nothing. */
async function heldKeys(client: ClaimsClient, copies: readonly DocumentCopy[]): Promise<ReadonlySet<string>> {
  const keys = copies.map(({ key }) => key).filter((key) => !key.startsWith('open~'));
  const found = keys.length === 0 ? [] : await client.documents(keys);
  return new Set(keys.filter((_, index) => found[index] !== null && found[index] !== undefined));
}

const partiesShape = object<JointParties>({ insurerMsp: mspId, hospitalMsp: mspId });

function partiesOf({ bytes }: DocumentCopy, index: number): JointParties {
  try {
    const { insurerMsp, hospitalMsp } = namedIn(bytes);
    return parse(partiesShape, { insurerMsp, hospitalMsp });
  } catch {
    throw invalidInput([issue('INCONSISTENT', `/items/${index}/bytes`)]);
  }
}

function batchesOf(copies: readonly DocumentCopy[]): readonly (readonly DocumentCopy[])[] {
  const batches: DocumentCopy[][] = [];
  let characters = 0;
  for (const copy of copies) {
    const last = batches.at(-1);
    if (last === undefined || last.length === MOST_COPIES || characters + copy.bytes.length > MOST_CHARACTERS) {
      batches.push([copy]);
      characters = copy.bytes.length;
    } else {
      last.push(copy);
      characters += copy.bytes.length;
    }
  }
  return batches;
}
