import { DomainError } from '@medaccord/domain';
import type { EobDocument, OpaqueId, RemittanceDocument } from '@medaccord/domain';
import type { WriteRequest } from '../idempotency/write-request.js';
import { opaqueIdOf } from '../ledger/claims-client.js';
import type { ClaimsClient, CommandProof } from '../ledger/claims-client.js';
import { inParallel } from './in-parallel.js';
import type { IssueRemittanceRequest } from './requests.js';

/** A remittance that was issued. */
export interface IssuedRemittance {
  readonly remittanceId: OpaqueId;
  readonly totalMinor: number;
  readonly proof: CommandProof;
}

/** A remittance with the decisions that it pays, in the order of its claims. */
export interface RemittanceFile {
  readonly remittance: RemittanceDocument;
  readonly eobs: readonly EobDocument[];
}

const STEP = 'remittance';
const READS_AT_ONCE = 8;

/** Pays decided claims. Throws DOCUMENT_NOT_FOUND for a claim without a decision and MIXED_PARTIES for claims of several hospitals. */
export async function issueRemittance(client: ClaimsClient, write: WriteRequest, { claimIds, payment, totalMinor }: IssueRemittanceRequest): Promise<IssuedRemittance> {
  const remittanceId = opaqueIdOf(write.derive('remittance id'));
  const earlier = await client.carriedOut(write, STEP);
  if (earlier !== undefined) return { remittanceId, totalMinor, proof: earlier.proof };
  const eobs = await inParallel(claimIds, READS_AT_ONCE, (claimId, index) => decisionOn(client, claimId, index));
  const [first] = eobs;
  if (first === undefined || eobs.some(({ parties }) => parties.hospitalMsp !== first.parties.hospitalMsp)) throw new DomainError('MIXED_PARTIES');
  const { parties, body } = first;
  const { proof } = await client.apply(write, STEP, { parties, body: { verb: 'issueRemittance', remittanceId, currency: body.currency, payment, totalMinor, eobs } });

  return { remittanceId, totalMinor, proof };
}

/** Reads a remittance and the explanations of benefits that it cites. */
export async function readRemittance(client: ClaimsClient, remittanceId: OpaqueId): Promise<RemittanceFile> {
  const remittance = await client.newest<RemittanceDocument>('remittance', remittanceId);
  const eobs = await client.documents(remittance.body.claims.map(({ eob }) => eob.key));

  return { remittance, eobs: eobs.filter((eob) => eob !== null) as readonly EobDocument[] };
}

async function decisionOn(client: ClaimsClient, claimId: OpaqueId, index: number): Promise<EobDocument> {
  const { eob } = await client.claim(claimId);
  if (eob === null) throw new DomainError('DOCUMENT_NOT_FOUND', { kind: 'eob', items: [String(index)] });

  return eob;
}
