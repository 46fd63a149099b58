import { acceptsPartialBill, DomainError, isPartialBill, outcomeOf, present } from '@medaccord/domain';
import { originalOf, priorEobsOf } from './originals.js';
import type { ClaimContent, DocumentPage, FeeScheduleDocument, OpaqueId, ReceiptItem, Rejection, SubmissionItem } from '@medaccord/domain';
import type { WriteRequest } from '../idempotency/write-request.js';
import { opaqueIdOf } from '../ledger/claims-client.js';
import type { AppliedCommand, ClaimsClient, CommandProof } from '../ledger/claims-client.js';
import { inParallel } from '../ledger/in-parallel.js';
import type { SubmitClaimsRequest } from './requests.js';

/** As many claims go into one transaction. */
export const CLAIMS_PER_TRANSACTION = 100;
/** Characters of claims beyond which a transaction is full: messages and blocks have limits. */
const LARGEST_TRANSACTION = 2_000_000;
/** Transactions under way at once for one request: claims do not collide with each other. */
export const TRANSACTIONS_AT_ONCE = 4;

/** Contracts read at once. */
const PAGE = 100;
/** Originals of corrections read at once. */
const READS_AT_ONCE = 8;

/** A claim to submit; its number makes its id within the request. */
export interface NumberedClaim {
  readonly number: number;
  readonly content: ClaimContent;
}

/** What became of a submitted claim. */
export interface SubmittedClaim {
  readonly number: number;
  readonly claimId: OpaqueId;
  readonly item: ReceiptItem;
}

/** What became of the claims of one transaction. */
export interface SubmittedBatch {
  readonly claims: readonly SubmittedClaim[];
  readonly proof: CommandProof;
}

/** Fills transactions with claims in their order, none too large. */
export class BatchFiller {
  #claims: NumberedClaim[] = [];
  #size = 0;

  /** Adds a claim; gives the batch that was full before it. */
  add(claim: NumberedClaim): readonly NumberedClaim[] | undefined {
    const size = JSON.stringify(claim.content).length;
    const full = this.#claims.length === CLAIMS_PER_TRANSACTION || (this.#size > 0 && this.#size + size > LARGEST_TRANSACTION) ? this.rest() : undefined;
    this.#claims.push(claim);
    this.#size += size;

    return full;
  }

  /** What is left; undefined where nothing is. */
  rest(): readonly NumberedClaim[] | undefined {
    const claims = this.#claims;
    this.#claims = [];
    this.#size = 0;

    return claims.length === 0 ? undefined : claims;
  }
}

/** Submits one batch of claims to an insurer as one transaction: all of them are taken in or rejected, or nothing happens. */
export async function submitBatch(client: ClaimsClient, write: WriteRequest, insurerMsp: string, claims: readonly NumberedClaim[]): Promise<SubmittedBatch> {
  const items = await inParallel(claims, READS_AT_ONCE, async ({ number, content }): Promise<SubmissionItem> => ({
    claimId: claimIdOf(write, number), claim: content, ...present('original', await originalOf(client, content)),
    ...present('contract', await contractForPart(client, insurerMsp, content)), ...present('priorEobs', await priorEobsOf(client, content)),
  }));
  // The first claim's number names the step: batches of a resend begin with the same claims.
  const step = `claims-from-${claims[0]?.number ?? 0}`;
  const applied = await client.apply(write, step, { parties: { insurerMsp, hospitalMsp: client.mspId }, body: { verb: 'submitClaims', items } });

  return { claims: claims.map(({ number }) => submitted(write, number, applied)), proof: applied.proof };
}

/** The contract with the insurer that accepts a bill of a part of a stay; undefined where none does, or the claim bills no part. */
async function contractForPart(client: ClaimsClient, insurerMsp: string, content: ClaimContent): Promise<FeeScheduleDocument | undefined> {
  if (!isPartialBill(content)) return undefined;
  for (let after: string | undefined = ''; after !== undefined; ) {
    const page: DocumentPage = await client.list('fee-schedule', after, PAGE);
    const found = (page.items as readonly FeeScheduleDocument[]).find(({ parties, body }) => parties.insurerMsp === insurerMsp && acceptsPartialBill(body, content));
    if (found !== undefined) return found;
    after = page.next;
  }

  return undefined;
}

function claimIdOf(write: WriteRequest, number: number): OpaqueId {
  return opaqueIdOf(write.derive(`claim ${number}`));
}

function submitted(write: WriteRequest, number: number, { receipt }: AppliedCommand): SubmittedClaim {
  const claimId = claimIdOf(write, number);
  const item = outcomeOf(receipt, claimId);
  if (item === undefined) throw new DomainError('UNEXPECTED_FAULT', { missing: 'receipt item' });

  return { number, claimId, item };
}

/** What became of submitted claims, in their order. */
export interface Submission {
  readonly claims: readonly {
    readonly claimId: OpaqueId;
    readonly patientControlNumber: string;
    readonly outcome: 'ACCEPTED' | 'REJECTED';
    readonly rejections?: readonly Rejection[];
  }[];
  readonly proofs: readonly CommandProof[];
}

/** Submits the claims of a request, in as many transactions as they need. */
export async function submitClaims(client: ClaimsClient, write: WriteRequest, { insurerMsp, claims }: SubmitClaimsRequest): Promise<Submission> {
  const batches = batchesOf(claims.map((content, index) => ({ number: index + 1, content })));
  const submitted = await inParallel(batches, TRANSACTIONS_AT_ONCE, (batch) => submitBatch(client, write, insurerMsp, batch));

  return {
    claims: submitted.flatMap((batch) => batch.claims).map(({ number, claimId, item }) => ({
      claimId,
      patientControlNumber: claims[number - 1]?.patientControlNumber ?? '',
      outcome: item.outcome === 'ACCEPTED' ? 'ACCEPTED' : 'REJECTED',
      ...present('rejections', item.rejections),
    })),
    proofs: submitted.map(({ proof }) => proof),
  };
}

function batchesOf(claims: readonly NumberedClaim[]): readonly (readonly NumberedClaim[])[] {
  const filler = new BatchFiller();
  const full = claims.map((claim) => filler.add(claim));

  return [...full, filler.rest()].filter((batch) => batch !== undefined);
}
