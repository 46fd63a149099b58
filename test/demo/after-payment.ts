import type { ClaimContent, ClaimFile, RemittanceBody, RemittanceDocument } from '@medaccord/domain';
import type { AfterPaymentFacts, ClaimFacts } from './facts.js';
import type { People } from './people.js';

/** Where a claim stands, and what happened to it. */
export interface Life {
  readonly standing: { readonly state: string; readonly decision?: string };
  readonly history: readonly { readonly says?: string }[];
}

/** What became of a claim that was to be decided. */
export interface Outcome {
  readonly claimId: string;
  readonly outcome: string;
  readonly decision?: string;
}

/** Claims of the demo's file that are taken up again when they are paid: visits of different people. */
export const TAKEN_UP = { replaced: 'D11', voided: 'D12', reversed: 'D13', appealed: 'D15' } as const;

/** A claim that was paid. */
export function paidClaim(claims: readonly ClaimFacts[], number: string): Required<Pick<ClaimFacts, 'claimId' | 'charge' | 'paid'>> {
  const { claimId, charge, paid } = claims.find(({ patientControlNumber }) => patientControlNumber === number) ?? {};
  if (claimId === undefined || charge === undefined || paid === undefined) throw new Error(`${number} was not paid`);
  return { claimId, charge, paid };
}

/** The hospital sends the claim again as a replacement (7) or void (8) of itself; answers the new claim's id. */
export async function correct({ biller }: People, claimId: string, frequency: '7' | '8', change: (claim: ClaimContent) => ClaimContent = (claim) => claim): Promise<string> {
  const { claim } = await biller.get<ClaimFile>(`/v1/claims/${claimId}`);
  const content = { ...change(claim.body.content), frequency, originalReference: claimId };
  const { claims } = await biller.post<{ claims: readonly Outcome[] }>('/v1/claims', { insurerMsp: 'InsurerMSP', claims: [content] });
  const [accepted] = claims;
  if (accepted?.outcome !== 'ACCEPTED') throw new Error(`the correction was not accepted: ${accepted?.outcome ?? 'no answer'}`);
  return accepted.claimId;
}

/** The same claim with every charge 10 lower. */
export function cheaper(claim: ClaimContent): ClaimContent {
  const lines = claim.lines.map((line) => ({ ...line, chargeMinor: line.chargeMinor - 10_00 }));
  return { ...claim, lines, totalChargeMinor: lines.reduce((sum, { chargeMinor }) => sum + chargeMinor, 0) };
}

/** The insurer decides a claim. */
export async function adjudicate({ examiner }: People, claimId: string): Promise<readonly Outcome[]> {
  return (await examiner.post<{ claims: readonly Outcome[] }>('/v1/adjudications', { claims: [{ claimId }] })).claims;
}

/** Pays what the preview says and answers the remittance as the hospital reads it. */
export async function pay({ finance, biller }: People, date: string, request: { readonly claimIds: readonly string[]; readonly reversedClaimIds?: readonly string[] }): Promise<RemittanceBody> {
  const payment = { method: 'ACH', traceNumber: 'STORY', date };
  const { totalMinor } = await finance.post<RemittanceBody>('/v1/remittances/preview', { payment, ...request });
  const issued = await finance.post<{ remittanceId: string }>('/v1/remittances', { payment: { ...payment, method: totalMinor === 0 ? 'NON' : 'ACH' }, ...request, totalMinor });
  return (await biller.get<{ remittance: RemittanceDocument }>(`/v1/remittances/${issued.remittanceId}`)).remittance.body;
}

/** How a claim stands at the hospital. */
export async function lifeOf({ denials }: People, claimId: string): Promise<Life> {
  return denials.get<Life>(`/v1/claims/${claimId}/history`);
}

/** The hospital disputes a decision, the insurer's supervisor gives it right and opens the decision again. */
export async function disputeAndWin(people: People, claimId: string): Promise<void> {
  await people.denials.post(`/v1/claims/${claimId}/appeals`, { track: 'provider-dispute', level: 'FIRST', urgent: false, grounds: 'the copay was paid at the desk', evidence: [] });
  await people.supervisor.post(`/v1/claims/${claimId}/appeals/decision`, { state: 'OVERTURNED', reason: 'the copay is looked at again' });
  await people.supervisor.post('/v1/reopenings', { claims: [{ claimId, cause: 'APPEAL', reason: 'overturned' }] });
}

/**
 * Paid claims are replaced, voided, disputed and taken back; what is owed either way stands in the next remittance. The last one
 * waits for its new decision and is not remitted before.
 */
export async function takeUpAgain(people: People, claims: readonly ClaimFacts[], date: string): Promise<AfterPaymentFacts> {
  const of = (number: string): ReturnType<typeof paidClaim> => paidClaim(claims, number);
  const replacement = await correct(people, of(TAKEN_UP.replaced).claimId, '7', cheaper);
  await adjudicate(people, replacement);
  await adjudicate(people, await correct(people, of(TAKEN_UP.voided).claimId, '8'));
  await disputeAndWin(people, of(TAKEN_UP.appealed).claimId);
  await adjudicate(people, of(TAKEN_UP.appealed).claimId);
  await people.supervisor.post('/v1/reopenings', { claims: [{ claimId: of(TAKEN_UP.reversed).claimId, cause: 'OVERPAYMENT', reason: 'paid under another plan as well' }] });
  const claimIds = [replacement, of(TAKEN_UP.appealed).claimId];
  const { totalMinor, claims: paid, reversals, providerAdjustments } = await pay(people, date, { claimIds, reversedClaimIds: [of(TAKEN_UP.voided).claimId] });
  const rows = await Promise.all(Object.entries(TAKEN_UP).map(async ([what, number]) => {
    const { claimId, paid: before } = of(number);
    const now = paid.find((one) => one.claimId === (what === 'replaced' ? replacement : claimId));
    return { patientControlNumber: number, what, state: (await lifeOf(people, claimId)).standing.state, paidBefore: before, paidNow: now?.paidMinor ?? 0 };
  }));
  return { rows, remittance: { paid: paid.reduce((sum, one) => sum + one.paidMinor, 0), reversed: reversals.reduce((sum, one) => sum + one.paidMinor, 0), carried: providerAdjustments.reduce((sum, one) => sum + one.amountMinor, 0), total: totalMinor } };
}
