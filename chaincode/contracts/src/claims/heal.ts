import { DomainError, JOINT_KINDS, parseDocumentKey, toHex, utf8 } from '@medaccord/domain';
import type { DocumentKind, Heal, Parties } from '@medaccord/domain';
import { sha256 } from '../platform/sha256.js';
import type { ClaimsContext } from './claims-context.js';

/**
 * Makes the caller's own copies of joint documents equal to the other party's. It writes the caller's collection alone,
 * for which the caller's signature is enough anyway: a party that altered its own copy cannot make the other one follow.
 * Throws NOT_HEALABLE where the other's copy is not what the command says, MIXED_PARTIES for a document of another pair.
 */
export async function heal(ctx: ClaimsContext, { items }: Heal): Promise<void> {
  const { caller, command } = ctx;
  const other = otherParty(command.parties, caller.mspId);
  for (const { key, bytes } of items) {
    assertHealable(key, bytes);
    const theirs = await ctx.documents.hash(other, key);
    if (bytes === null ? theirs !== undefined : theirs !== toHex(sha256(utf8(bytes)))) throw new DomainError('NOT_HEALABLE', { key });
    if (bytes === null) await ctx.documents.remove([caller.mspId], key);
    else {
      assertOfParties(bytes, command.parties);
      await ctx.documents.putBytes([caller.mspId], key, utf8(bytes));
    }
  }
}

function otherParty({ insurerMsp, hospitalMsp }: Parties, own: string): string {
  const other = own === insurerMsp ? hospitalMsp : insurerMsp;
  if (other === undefined) throw new DomainError('WRONG_PARTIES');
  return other;
}

/**
 * Joint documents and the list of open claims. A receipt may be restored but never removed, as those of the insurer's own
 * commands lie with the insurer alone.
 */
function assertHealable(key: string, bytes: string | null): void {
  if (/^open~[0-9a-f]{32,64}$/.test(key)) return;
  const { kind } = parseDocumentKey(key);
  const kinds: readonly DocumentKind[] = bytes === null ? JOINT_KINDS : [...JOINT_KINDS, 'receipt'];
  if (!kinds.includes(kind)) throw new DomainError('NOT_HEALABLE', { key });
}

function assertOfParties(bytes: string, { insurerMsp, hospitalMsp }: Parties): void {
  const { parties } = JSON.parse(bytes) as { readonly parties?: Partial<Parties> };
  if (parties?.insurerMsp !== insurerMsp || parties.hospitalMsp !== hospitalMsp) throw new DomainError('MIXED_PARTIES');
}
