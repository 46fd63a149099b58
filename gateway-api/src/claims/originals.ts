import { authorisationOf, citedAuthorisations, documentKey, isCorrection, isOpaqueId, personKey } from '@medaccord/domain';
import type { AuthorisationDocument, ClaimContent, ClaimDocument, ClaimFile, EobDocument, OpaqueId, ReversalDocument, ReversalInput, ReversalToRemit } from '@medaccord/domain';
import { isRefusal } from '../ledger/claims-client.js';
import type { ClaimsClient } from '../ledger/claims-client.js';

/** The claim that a correction names, as this organisation's own peer has it; undefined where it has none, or the claim corrects nothing. */
export async function originalOf(client: ClaimsClient, content: ClaimContent): Promise<ClaimDocument | undefined> {
  return (await originalFile(client, content))?.claim;
}

/** The final decision that a correction takes back; undefined while there is none. */
export async function originalDecision(client: ClaimsClient, content: ClaimContent): Promise<ReversalInput | undefined> {
  const file = await originalFile(client, content);
  const decision = file && standingDecision(file);

  return decision?.payment === undefined ? undefined : withAuthorisations(client, decision);
}

/** The decision that stands on a claim, with its payment where it is final; undefined where none stands. */
export function standingDecision({ claim, adjudication, eob, payment, reversal }: ClaimFile): ReversalInput | undefined {
  if (adjudication === null || eob === null || reversal?.version === adjudication.version) return undefined;

  return { claim, adjudication, eob, ...(payment?.version === adjudication.version ? { payment } : {}) };
}

/** A decision with the authorisations that it used units of, which are given back where it is taken back. */
export async function withAuthorisations(client: ClaimsClient, decision: ReversalInput): Promise<ReversalInput> {
  const cited = citedAuthorisations(decision.adjudication.body.inputs);
  if (cited.length === 0) return decision;

  return { ...decision, authorisations: await Promise.all(cited.map((id) => client.newest<AuthorisationDocument>('authorisation', id))) };
}

/** The authorisations that a claim names, its referral among them, and this organisation knows. */
export async function authorisationsNamed(client: ClaimsClient, content: ClaimContent): Promise<readonly AuthorisationDocument[]> {
  const named = new Set([...content.lines.flatMap((line) => authorisationOf(content, line) ?? []), content.referral ?? '']);
  const found = await Promise.all([...named].filter(isOpaqueId).map((id) => client.newestOrNone<AuthorisationDocument>('authorisation', id)));

  return found.filter((document) => document !== undefined && document.body.request.personKey === personKey(content)) as readonly AuthorisationDocument[];
}

/** What the payers before this one decided, as the claim names them and this organisation holds it; undefined where it names none. */
export async function priorEobsOf(client: ClaimsClient, { otherPayers = [] }: ClaimContent): Promise<readonly EobDocument[] | undefined> {
  const numbers = otherPayers.flatMap(({ claimNumber = '' }) => (isOpaqueId(claimNumber) ? [claimNumber] : []));
  const found = await Promise.all(numbers.map((id) => client.newestOrNone<EobDocument>('eob', id)));
  const eobs = found.filter((eob) => eob !== undefined);

  return eobs.length === 0 ? undefined : eobs;
}

/** A reversal with the explanation of benefits that it negates. */
export async function toRemit(client: ClaimsClient, reversal: ReversalDocument): Promise<ReversalToRemit> {
  const [eob] = await client.documents([documentKey({ kind: 'eob', id: reversal.id, version: reversal.version })]);

  return { reversal, eob: eob as EobDocument };
}

async function originalFile(client: ClaimsClient, content: ClaimContent): Promise<ClaimFile | undefined> {
  const id: OpaqueId = content.originalReference ?? '';
  if (!isCorrection(content) || !isOpaqueId(id)) return undefined;
  try {
    return await client.claim(id);
  } catch (error) {
    if (isRefusal(error, 'DOCUMENT_NOT_FOUND')) return undefined;
    throw error;
  }
}
