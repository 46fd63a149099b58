import { assembleAdjudication, DomainError } from '@medaccord/domain';
import type { Decision, ErrorCode, OpaqueId, ReceiptItem } from '@medaccord/domain';
import type { WriteRequest } from '../idempotency/write-request.js';
import { commandIdOf, isRefusal, sha256 } from '../ledger/claims-client.js';
import type { AppliedCommand, ClaimsClient, CommandProof } from '../ledger/claims-client.js';
import { FAMILY_RETRY, pauseBefore } from '../ledger/retry.js';
import { packBatches } from './adjudication-batches.js';
import { AdjudicationReader, FeeScheduleCache, readingOf } from './adjudication-reader.js';
import type { ClaimToDecide, NotPrepared, PreparedClaim } from './adjudication-reader.js';
import { CLAIMS_PER_TRANSACTION, TRANSACTIONS_AT_ONCE } from './claim-submission.js';
import type { ReferenceTables } from '../reference-data/reference-tables.js';
import { inParallel } from '../ledger/in-parallel.js';
import type { InsuredIds } from './insured-ids.js';

/** What became of one claim of the request. */
export type DeskOutcome =
  | { readonly claimId: OpaqueId; readonly outcome: 'ADJUDICATED'; readonly decision: Decision }
  | { readonly claimId: OpaqueId; readonly outcome: 'PENDED'; readonly reasons: readonly string[] }
  | { readonly claimId: OpaqueId; readonly outcome: 'VOIDED' }
  | NotPrepared;

/** Outcomes in the order of the request, and the transactions that they stand in. */
export interface DeskResult {
  readonly claims: readonly DeskOutcome[];
  readonly proofs: readonly CommandProof[];
}

/** Claims that are read at once; their queries go to the own peer together. */
const READS_AT_ONCE = 100;

/** Somebody changed a document in between: what was read is not the newest. */
const OVERTAKEN: readonly ErrorCode[] = ['STALE_VERSION', 'DOCUMENT_EXISTS', 'CLAIM_NOT_OPEN', 'LEDGER_CONFLICT'];
/** A document is not what the other party holds; perhaps its peer is some blocks behind. */
const DOUBTED: readonly ErrorCode[] = ['DOCUMENT_MISMATCH', 'DOCUMENT_ONE_SIDED'];
/** The command lacks something that these claims need, or one of them cannot be decided by both now. */
const INCOMPLETE: readonly ErrorCode[] = ['INPUT_MISSING', 'INPUT_MISMATCH', 'PROOF_INVALID', 'DECIDED_ALONE'];

/** The insurer's adjudication: gathers documents and proofs, keeps families apart, and repeats what was overtaken. */
export class AdjudicationDesk {
  readonly #client: ClaimsClient;
  readonly #ids: InsuredIds;
  readonly #tables: ReferenceTables;
  readonly #feeSchedules = new FeeScheduleCache();

  constructor(client: ClaimsClient, ids: InsuredIds, tables: ReferenceTables) {
    this.#client = client;
    this.#ids = ids;
    this.#tables = tables;
  }

  /** Decides the claims, each at most once; a request that is taken up again goes on where it stopped. */
  async adjudicate(write: WriteRequest, claims: readonly ClaimToDecide[]): Promise<DeskResult> {
    return new DeskRun(this.#client, write, () => new AdjudicationReader(this.#client, this.#ids, this.#feeSchedules, this.#tables)).run(claims);
  }
}

interface Waiting extends ClaimToDecide {
  /** How often it was part of a transaction that was refused. */
  readonly tries: number;
  /** It goes into a transaction of its own, as the whole that it was part of was refused. */
  readonly alone: boolean;
}

class DeskRun {
  readonly #client: ClaimsClient;
  readonly #write: WriteRequest;
  readonly #newReader: () => AdjudicationReader;
  readonly #outcomes = new Map<OpaqueId, DeskOutcome>();
  readonly #proofs: CommandProof[] = [];
  #steps = 0;

  constructor(client: ClaimsClient, write: WriteRequest, newReader: () => AdjudicationReader) {
    this.#client = client;
    this.#write = write;
    this.#newReader = newReader;
  }

  async run(claims: readonly ClaimToDecide[]): Promise<DeskResult> {
    await this.#takeUp();
    let waiting = claims.filter(({ claimId }) => !this.#outcomes.has(claimId)).map((claim): Waiting => ({ ...claim, tries: 0, alone: false }));
    while (waiting.length > 0) {
      const tries = Math.max(...waiting.map((claim) => claim.tries));
      if (tries > 0) await pauseBefore(tries + 1, FAMILY_RETRY);
      waiting = await this.#round(waiting);
    }

    return { claims: claims.map(({ claimId }) => this.#outcomes.get(claimId) ?? { claimId, outcome: 'NOT_DECIDED', code: 'UNEXPECTED_FAULT' }), proofs: this.#proofs };
  }

  /** What this request carried out before it was interrupted. */
  async #takeUp(): Promise<void> {
    for (;;) {
      const applied = await this.#client.carriedOut(this.#write, this.#step(this.#steps));
      if (applied === undefined) return;
      this.#steps += 1;
      this.#record(applied);
    }
  }

  #step(number: number): string {
    return `batch-${number}`;
  }

  /** Reads, packs and decides; gives what waits for the next round. */
  async #round(waiting: readonly Waiting[]): Promise<Waiting[]> {
    const reader = this.#newReader();
    const read = await inParallel(waiting, READS_AT_ONCE, (claim) => reader.prepare(claim));
    const ready: PreparedClaim[] = [];
    for (const claim of read) {
      if ('outcome' in claim) this.#outcomes.set(claim.claimId, claim);
      else ready.push(claim);
    }
    const byId = new Map(waiting.map((claim) => [claim.claimId, claim]));
    const { batches, left } = packTogetherOrAlone(ready, byId);
    const first = this.#steps;
    this.#steps += batches.length;
    const again = await inParallel(batches, TRANSACTIONS_AT_ONCE, (batch, index) => this.#decide(this.#step(first + index), batch, byId));

    return [...again.flat(), ...left.flatMap(({ claimId }) => byId.get(claimId) ?? [])];
  }

  /** Sends one transaction; gives the claims that are to be tried again. */
  async #decide(step: string, batch: readonly PreparedClaim[], byId: ReadonlyMap<OpaqueId, Waiting>): Promise<readonly Waiting[]> {
    const waiting = batch.flatMap(({ claimId }) => byId.get(claimId) ?? []);
    try {
      const applied = await this.#apply(step, batch);
      const decided = this.#record(applied);
      const overtaken = new DomainError('LEDGER_CONFLICT');
      return this.#giveUp(overtaken, waiting.filter(({ claimId }) => !decided.has(claimId)), isExhausted).map(triedOnce);
    } catch (error) {
      if (!isRefusal(error, ...OVERTAKEN, ...DOUBTED, ...INCOMPLETE)) throw error;
      return this.#afterRefusal(error, waiting);
    }
  }

  async #apply(step: string, batch: readonly PreparedClaim[]): Promise<AppliedCommand> {
    const parties = { insurerMsp: this.#client.mspId, hospitalMsp: batch[0]?.hospitalMsp ?? '' };
    try {
      return await this.#client.apply(this.#write, step, { parties, body: assembleAdjudication(readingOf(batch), sha256) });
    } catch (error) {
      // An earlier try of this step was on its way when the process ended, and arrived after all: its receipt tells.
      if (!isRefusal(error, 'COMMAND_ID_REUSED')) throw error;
      const receipt = await this.#client.receipt(commandIdOf(this.#write, step));
      return { receipt, proof: { transactionId: receipt.recorded.txId } };
    }
  }

  #afterRefusal(error: DomainError, waiting: readonly Waiting[]): readonly Waiting[] {
    if (OVERTAKEN.includes(error.code)) return this.#giveUp(error, waiting, isExhausted).map(triedOnce);
    const named = new Set(Array.isArray(error.details['items']) ? error.details['items'].map(Number) : []);
    const isNamed = (claim: Waiting): boolean => named.has(waiting.indexOf(claim));
    // A doubted copy may be the other peer's delay, so it gets its tries; what is incomplete stays so.
    const isLost = (claim: Waiting): boolean => (DOUBTED.includes(error.code) ? isExhausted(claim) : isNamed(claim) || claim.alone);
    const rest = this.#giveUp(error, waiting, isLost);

    return rest.map((claim) => ({ ...triedOnce(claim), alone: claim.alone || named.size === 0 || isNamed(claim) }));
  }

  #giveUp(error: DomainError, waiting: readonly Waiting[], isLost: (claim: Waiting) => boolean): readonly Waiting[] {
    const { input } = error.details;
    for (const { claimId } of waiting.filter(isLost)) {
      this.#outcomes.set(claimId, { claimId, outcome: 'NOT_DECIDED', code: error.code, ...(typeof input === 'string' ? { input } : {}) });
    }

    return waiting.filter((claim) => !isLost(claim));
  }

  #record({ receipt, proof }: AppliedCommand): ReadonlySet<OpaqueId> {
    this.#proofs.push(proof);
    const { items } = receipt.body;
    for (const item of items) this.#outcomes.set(item.id, outcomeOfItem(item));

    return new Set(items.map(({ id }) => id));
  }
}

function isExhausted({ tries }: Waiting): boolean {
  return tries + 1 >= FAMILY_RETRY.attempts;
}

function triedOnce(claim: Waiting): Waiting {
  return { ...claim, tries: claim.tries + 1 };
}

/** Families packed into transactions; claims whose whole was refused go alone, so that each shows what is wrong with it. */
function packTogetherOrAlone(ready: readonly PreparedClaim[], byId: ReadonlyMap<OpaqueId, Waiting>): ReturnType<typeof packBatches<PreparedClaim>> {
  const isAlone = ({ claimId }: PreparedClaim): boolean => byId.get(claimId)?.alone === true;
  const alone = packBatches(ready.filter(isAlone), 1);
  const families = new Set(alone.batches.flat().map(({ family }) => family));
  const free = ready.filter((claim) => !isAlone(claim) && !families.has(claim.family));
  const together = packBatches(free, CLAIMS_PER_TRANSACTION);
  const held = ready.filter((claim) => !isAlone(claim) && families.has(claim.family));

  return { batches: [...alone.batches, ...together.batches], left: [...alone.left, ...together.left, ...held] };
}

function outcomeOfItem({ id, outcome, decision, reasons }: ReceiptItem): DeskOutcome {
  if (outcome === 'ADJUDICATED' && decision !== undefined) return { claimId: id, outcome, decision };
  if (outcome === 'VOIDED') return { claimId: id, outcome };
  if (outcome === 'PENDED') return { claimId: id, outcome, reasons: reasons ?? [] };

  throw new DomainError('UNEXPECTED_FAULT', { unexpected: outcome });
}
