import { personKey } from '../claims/claim.js';
import type { ClaimContent, ClaimDocument } from '../claims/claim.js';
import type { SubmissionItem } from '../claims/command.js';
import { isCorrection, VOIDS } from '../claims/frequency.js';
import type { AbsentKey } from '../claims/preconditions.js';
import type { Rejection } from '../claims/rejection.js';
import { documentKey } from '../documents/key.js';
import { isOpaqueId } from '../shared/ids.js';

const PATH = '/originalReference';
/** Status of a claim number of the payer's, in the 277. */
const PAYERS_CLAIM_NUMBER = '464';

/**
 * What is wrong with the claim that a correction names: it is no number of ours (A7), unknown to us (A3), of another person
 * or biller (A8), or a void, which cannot be taken back (A7).
 */
export function examineOriginal({ claim, original }: SubmissionItem): readonly Rejection[] {
  if (!isCorrection(claim) || claim.originalReference === undefined) return [];
  const category = wrongWith(claim, original);
  return category === undefined ? [] : [{ category, status: PAYERS_CLAIM_NUMBER, path: PATH, rule: 'original/v1' }];
}

/** Who says that there is no such claim proves it. */
export function unlessOriginal({ claim, original }: SubmissionItem): readonly AbsentKey[] {
  const { originalReference: id } = claim;
  if (!isCorrection(claim) || original !== undefined || id === undefined || !isOpaqueId(id)) return [];
  return [{ key: documentKey({ kind: 'claim', id, version: 1 }), code: 'INPUT_MISSING', input: 'original' }];
}

function wrongWith(claim: ClaimContent, original: ClaimDocument | undefined): Rejection['category'] | undefined {
  if (!isOpaqueId(claim.originalReference ?? '')) return 'A7';
  if (original === undefined || original.id !== claim.originalReference) return 'A3';
  const { content } = original.body;
  if (personKey(content) !== personKey(claim) || content.billing.taxId !== claim.billing.taxId) return 'A8';
  return content.frequency === VOIDS ? 'A7' : undefined;
}
