import { accumulatorInput, assembleAdjudication, DomainError, parseDocumentKey, present } from '@medaccord/domain';
import type { AttemptDocument, ClaimFile, CommandBody, CoverageDocument, JointParties, OpaqueId, UnilateralDocument } from '@medaccord/domain';
import type { WriteRequest } from '../../idempotency/write-request.js';
import { sha256 } from '../../ledger/claims-client.js';
import type { ReferenceTables } from '../../reference-data/reference-tables.js';
import type { ClaimsClient } from '../../ledger/claims-client.js';
import { AdjudicationReader, FeeScheduleCache, readingOf } from '../adjudication-reader.js';
import { answerOf } from '../claim-copies.js';
import type { CommandAnswer } from '../claim-copies.js';
import type { InsuredIds } from '../insured-ids.js';
import { contractInForce } from './contract-in-force.js';
import { termsOfThen } from './documents-of-then.js';

const STEP = 'unilateral';

/** An insurer's decisions while the hospital cannot be reached. */
export class UnilateralDesk {
  readonly #client: ClaimsClient;
  readonly #ids: InsuredIds;
  readonly #tables: ReferenceTables;
  readonly #feeSchedules = new FeeScheduleCache();

  constructor(client: ClaimsClient, ids: InsuredIds, tables: ReferenceTables) {
    this.#client = client;
    this.#ids = ids;
    this.#tables = tables;
  }

  /** Notes that claims of one hospital could not be decided. Throws MIXED_PARTIES. */
  async attempt(write: WriteRequest, claimIds: readonly OpaqueId[]): Promise<CommandAnswer> {
    return this.#once(write, async () => {
      const files = await Promise.all(claimIds.map((claimId) => this.#client.claim(claimId)));
      const [first, ...others] = files.map(({ claim }) => claim.parties);
      if (first === undefined || others.some(({ hospitalMsp }) => hospitalMsp !== first.hospitalMsp)) throw new DomainError('MIXED_PARTIES');

      return { parties: first, body: { verb: 'attemptDecision', claimIds } };
    });
  }

  /** Decides a claim alone. Throws the code for which it cannot be decided, and the chaincode's refusals. */
  async decide(write: WriteRequest, claimId: OpaqueId): Promise<CommandAnswer> {
    return this.#once(write, async () => {
      const prepared = await new AdjudicationReader(this.#client, this.#ids, this.#feeSchedules, this.#tables).prepare({ claimId, releases: [] });
      if ('outcome' in prepared) throw prepared.outcome === 'NOT_DECIDED' ? new DomainError(prepared.code, present('input', prepared.input)) : new DomainError('CLAIM_NOT_OPEN');
      const attempt = await this.#client.newest<AttemptDocument>('attempt', claimId);
      const before = await this.#client.newestOrNone<UnilateralDocument>('unilateral', claimId);
      const { parties } = prepared.item.claim;
      const contract = await contractInForce(this.#client, parties);

      return { parties, body: { verb: 'decideAlone', attempt, ...present('before', before), ...present('contract', contract), terms: assembleAdjudication(readingOf([prepared]), sha256) } };
    });
  }

  /** Has the hospital's peer compute the decision again. */
  async countersign(write: WriteRequest, claimId: OpaqueId): Promise<CommandAnswer> {
    return this.#once(write, async () => {
      const { file, unilateral } = await this.#decided(claimId);

      return { parties: file.claim.parties, body: { verb: 'countersignDecision', unilateral, terms: await termsOfThen(this.#client, this.#tables, file, unilateral) } };
    });
  }

  async withdraw(write: WriteRequest, claimId: OpaqueId, reason: string): Promise<CommandAnswer> {
    return this.#once(write, async () => {
      const { file, unilateral } = await this.#decided(claimId);

      return { parties: file.claim.parties, body: { verb: 'withdrawDecision', unilateral, ...(await this.#totals(unilateral)), reason } };
    });
  }

  /** The newest totals that the decision posted to, with the proofs of the patient's and the family's. */
  async #totals({ body: { inputs, postings } }: UnilateralDocument): Promise<{ readonly accumulator?: ReturnType<typeof accumulatorInput> }> {
    const named = inputs.map(({ key }) => parseDocumentKey(key));
    const id = named.find(({ kind }) => kind === 'accumulator')?.id;
    const coverageId = named.find(({ kind }) => kind === 'coverage')?.id;
    if (postings.length === 0 || id === undefined || coverageId === undefined) return {};
    const coverage = await this.#client.newest<CoverageDocument>('coverage', coverageId);

    return { accumulator: accumulatorInput(await this.#client.accumulatorFile(id), [coverage], [], sha256) };
  }

  async #decided(claimId: OpaqueId): Promise<{ readonly file: ClaimFile; readonly unilateral: UnilateralDocument }> {
    const [file, unilateral] = await Promise.all([this.#client.claim(claimId), this.#client.newest<UnilateralDocument>('unilateral', claimId)]);

    return { file, unilateral };
  }

  async #once(write: WriteRequest, request: () => Promise<{ readonly parties: JointParties; readonly body: CommandBody }>): Promise<CommandAnswer> {
    return answerOf(await this.#client.applyOnce(write, STEP, request));
  }
}
