import type { ClaimFile, EobDocument, Rejection } from '@medaccord/domain';
import { until } from '@medaccord/network/fabric';
import type { ClaimFacts, LineFacts } from './facts.js';
import type { Proof } from './found-consortium.js';
import type { People } from './people.js';

interface ImportAnswer {
  readonly counts: { readonly claims: number };
  readonly claims: readonly ImportedClaim[];
  readonly proofs: readonly Proof[];
}

interface ImportedClaim {
  readonly patientControlNumber: string;
  readonly outcome: 'ACCEPTED' | 'REJECTED' | 'UNREADABLE';
  readonly claimId?: string;
  readonly rejections?: readonly Rejection[];
  readonly fault?: { readonly reason: string; readonly position: number; readonly segmentId: string; readonly element?: number };
}

interface AdjudicationAnswer {
  readonly claims: readonly { readonly claimId: string; readonly outcome: string; readonly decision?: string; readonly reasons?: readonly string[]; readonly code?: string; readonly input?: string }[];
  readonly proofs: readonly Proof[];
}

/** Most claims of one adjudication request. */
const claimsPerRequest = 500;

/** How an 837P file is sent: to which insurer, and how strictly it is read. */
export interface FileRequest {
  readonly content: string | Uint8Array<ArrayBuffer>;
  readonly lenient: boolean;
}

/** The hospital sends a file; every CLM segment of it comes back as accepted, rejected or unreadable. */
export async function importFile({ biller }: People, { content, lenient }: FileRequest): Promise<ImportAnswer> {
  return biller.upload<ImportAnswer>(`/v1/claims/import?insurer=InsurerMSP&mode=${lenient ? 'lenient' : 'strict'}`, 'application/edi-x12', content);
}

/** The insurer decides the accepted claims of a file in their order; answers facts of every claim of the file. */
export async function decide({ examiner }: People, imported: ImportAnswer): Promise<ClaimFacts[]> {
  const accepted = imported.claims.flatMap(({ claimId, outcome }) => (outcome === 'ACCEPTED' && claimId !== undefined ? [claimId] : []));
  const known: Known = { outcomes: new Map(), blocks: new Map(imported.proofs.map(({ transactionId, blockNumber }) => [transactionId, blockNumber])) };
  for (let start = 0; start < accepted.length; start += claimsPerRequest) {
    const claims = accepted.slice(start, start + claimsPerRequest).map((claimId) => ({ claimId }));
    const answer = await examiner.post<AdjudicationAnswer>('/v1/adjudications', { claims });
    for (const outcome of answer.claims) known.outcomes.set(outcome.claimId, outcome);
    for (const { transactionId, blockNumber } of answer.proofs) known.blocks.set(transactionId, blockNumber);
  }
  const facts: ClaimFacts[] = [];
  for (const claim of imported.claims) facts.push(await factsOf(claim, known, (claimId) => examiner.get<ClaimFile>(`/v1/claims/${claimId}`)));
  return facts;
}

/** A claim that will be decided by somebody else, once it is. */
export async function decidedFile({ denials }: Pick<People, 'denials'>, claimId: string): Promise<ClaimFile> {
  const look = async (): Promise<ClaimFile | undefined> => {
    const file = await denials.get<ClaimFile>(`/v1/claims/${claimId}`);
    return file.adjudication === null ? undefined : file;
  };
  return until(look, { withinMs: 120_000, what: 'the claim to be decided' });
}

/** What the answers said of claims, and in which blocks the transactions stand. */
interface Known {
  readonly outcomes: Map<string, AdjudicationAnswer['claims'][number]>;
  readonly blocks: Map<string, number | undefined>;
}

async function factsOf(claim: ImportedClaim, known: Known, read: (claimId: string) => Promise<ClaimFile>): Promise<ClaimFacts> {
  const { patientControlNumber, claimId, rejections = [] } = claim;
  if (claim.outcome === 'UNREADABLE') return { patientControlNumber, outcome: 'UNREADABLE', reasons: [faultText(claim)], lines: [] };
  if (claimId === undefined) throw new Error(`The import gave ${patientControlNumber} no id`);
  if (claim.outcome === 'REJECTED') return { patientControlNumber, claimId, outcome: 'REJECTED', reasons: rejections.map(rejectionText), lines: [] };
  return receivedFacts(claim, await read(claimId), known);
}

/** Facts of a claim that was taken in: decided, held, or not yet decided. */
function receivedFacts({ patientControlNumber }: ImportedClaim, { claim, eob }: ClaimFile, { outcomes, blocks }: Known): ClaimFacts {
  const outcome = outcomes.get(claim.id);
  const proof = proofOf((eob ?? claim).recorded.txId, blocks);
  const submitted = { patientControlNumber, claimId: claim.id, charge: claim.body.content.totalChargeMinor, proof };
  if (eob !== null) return { ...submitted, outcome: 'ADJUDICATED', reasons: [], ...decisionFacts(eob) };
  if (outcome?.outcome === 'PENDED') return { ...submitted, outcome: 'PENDED', reasons: outcome.reasons ?? [], lines: [] };
  return { ...submitted, outcome: 'NOT_DECIDED', reasons: [[outcome?.code, outcome?.input].join(' ')], lines: [] };
}

function proofOf(transactionId: string, blocks: Known['blocks']): Proof {
  const blockNumber = blocks.get(transactionId);
  return { transactionId, ...(blockNumber === undefined ? {} : { blockNumber }) };
}

function decisionFacts({ body }: EobDocument): Pick<ClaimFacts, 'decision' | 'charge' | 'allowed' | 'paid' | 'patient' | 'payee' | 'lines'> {
  const { chargeMinor, allowedMinor, paidMinor, patientMinor } = body.totals;
  return {
    decision: body.decision,
    charge: chargeMinor,
    allowed: allowedMinor,
    paid: paidMinor,
    patient: patientMinor,
    ...(body.payee === undefined ? {} : { payee: body.payee }),
    lines: body.lines.map(
      (line): LineFacts => ({
        charge: line.chargeMinor,
        allowed: line.allowedMinor,
        paid: line.paidMinor,
        adjustments: Object.fromEntries(line.adjustments.map(({ group, reason, amountMinor }) => [`${group}-${reason}`, amountMinor])),
        remarks: line.remarks,
      }),
    ),
  };
}

function rejectionText({ category, status, path }: Rejection): string {
  return `${category}:${status} ${path}`;
}

function faultText({ fault }: ImportedClaim): string {
  return fault === undefined ? '' : `${fault.reason} at segment ${fault.position} (${fault.segmentId}${fault.element === undefined ? '' : `-${fault.element}`})`;
}
