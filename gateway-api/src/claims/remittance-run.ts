import { dateOfInstant, DomainError, present, remittanceRun } from '@medaccord/domain';
import type {
  EobDocument, IssueRemittance, JointParties, OpaqueId, PayeeAccountDocument, RemittanceBody, RemittanceDocument, ReversalDocument, ReversalToRemit,
} from '@medaccord/domain';
import type { WriteRequest } from '../idempotency/write-request.js';
import { opaqueIdOf, sha256 } from '../ledger/claims-client.js';
import type { ClaimsClient, CommandProof } from '../ledger/claims-client.js';
import { inParallel } from '../ledger/in-parallel.js';
import type { InsuredIds } from './insured-ids.js';
import { toRemit } from './originals.js';
import type { RemittanceRequest } from './remittance-requests.js';

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
/** Stands for the remittance's id before there is one. */
const NO_ID = '0'.repeat(32);

/**
 * Gathers what a remittance pays, the reversals that belong to it and what stands open between the parties. Throws
 * DOCUMENT_NOT_FOUND for a claim without a decision and MIXED_PARTIES for claims of several hospitals.
 */
export class RemittanceDesk {
  readonly #client: ClaimsClient;
  readonly #ids: InsuredIds;

  constructor(client: ClaimsClient, ids: InsuredIds) {
    this.#client = client;
    this.#ids = ids;
  }

  /** What a remittance would say, without issuing it. */
  async preview(request: Omit<RemittanceRequest, 'totalMinor'>): Promise<RemittanceBody> {
    const { command } = await this.#command(NO_ID, { ...request, totalMinor: 0 });

    return remittanceRun(command, dateOfInstant(new Date().toISOString(), 0), sha256).body;
  }

  async issue(write: WriteRequest, request: RemittanceRequest): Promise<IssuedRemittance> {
    const remittanceId = opaqueIdOf(write.derive('remittance id'));
    const { totalMinor } = request;
    const earlier = await this.#client.carriedOut(write, STEP);
    if (earlier !== undefined) return { remittanceId, totalMinor, proof: earlier.proof };
    const { parties, command } = await this.#command(remittanceId, request);
    const { proof } = await this.#client.apply(write, STEP, { parties, body: command });

    return { remittanceId, totalMinor, proof };
  }

  async #command(remittanceId: OpaqueId, request: RemittanceRequest): Promise<{ readonly parties: JointParties; readonly command: IssueRemittance }> {
    const eobs = await inParallel(request.claimIds, READS_AT_ONCE, (claimId, index) => this.#decisionOn(claimId, index));
    const reversals = await this.#reversals(eobs, request.reversedClaimIds ?? []);
    const [first] = [...eobs, ...reversals.map(({ eob }) => eob)];
    if (first === undefined || [...eobs, ...reversals.map(({ eob }) => eob)].some(({ parties }) => parties.hospitalMsp !== first.parties.hospitalMsp)) throw new DomainError('MIXED_PARTIES');
    const { parties, body: { currency } } = first;
    const { payment, totalMinor, payee = 'hospital', recoverLater = [], recoveries = [], refunds = [] } = request;
    const account = payee === 'member' ? undefined : await this.#account(parties.hospitalMsp, currency);

    return {
      parties,
      command: { verb: 'issueRemittance', remittanceId, currency, payee, payment, totalMinor, eobs, reversals, recoverLater, recoveries, refunds, ...present('account', account) },
    };
  }

  /** Reversals that the decisions come after, and those of voided claims, which no decision follows. */
  async #reversals(eobs: readonly EobDocument[], voided: readonly OpaqueId[]): Promise<readonly ReversalToRemit[]> {
    const corrected = await this.#client.documents(eobs.flatMap(({ body: { corrects } }) => corrects?.key ?? []));
    const alone = await Promise.all(voided.map((claimId) => this.#client.newest<ReversalDocument>('reversal', claimId)));
    const all = [...corrected.filter((document) => document !== null), ...alone] as readonly ReversalDocument[];

    return inParallel(all, READS_AT_ONCE, (reversal) => toRemit(this.#client, reversal));
  }

  async #account(hospitalMsp: string, currency: string): Promise<NonNullable<IssueRemittance['account']>> {
    const accountId = this.#ids.account(hospitalMsp, currency);
    const document = await this.#client.newestOrNone<PayeeAccountDocument>('payee-account', accountId);

    return { accountId, ...present('document', document) };
  }

  async #decisionOn(claimId: OpaqueId, index: number): Promise<EobDocument> {
    const { eob } = await this.#client.claim(claimId);
    if (eob === null) throw new DomainError('DOCUMENT_NOT_FOUND', { kind: 'eob', items: [String(index)] });

    return eob;
  }
}

/** Reads a remittance and the explanations of benefits that it cites. */
export async function readRemittance(client: ClaimsClient, remittanceId: OpaqueId): Promise<RemittanceFile> {
  const remittance = await client.newest<RemittanceDocument>('remittance', remittanceId);
  const { claims, reversals } = remittance.body;
  const eobs = await client.documents([...claims, ...reversals].map(({ eob }) => eob.key));

  return { remittance, eobs: eobs.filter((eob) => eob !== null) as readonly EobDocument[] };
}
