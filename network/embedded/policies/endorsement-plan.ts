import type { msp } from '@hyperledger/fabric-protos';
import { readPrincipal } from '../../identities/index.js';
import type { Policy, PrincipalHolder } from './policy.js';

/** A peer of an organisation, as far as policies can tell before it has signed. */
class PlannedPeer implements PrincipalHolder {
  constructor(private readonly mspId: string) {}

  satisfies(principal: msp.MSPPrincipal): boolean {
    const parsed = readPrincipal(principal);
    return parsed.kind === 'role' && parsed.mspId === this.mspId && (parsed.role === 'member' || parsed.role === 'peer');
  }
}

/** True where one peer of each of these organisations satisfies every policy. */
export function satisfiedByPeers(policies: readonly Policy[], mspIds: readonly string[]): boolean {
  const peers = mspIds.map((mspId) => new PlannedPeer(mspId));
  return policies.every((policy) => policy.isSatisfiedBy(peers));
}

/** Above this many organisations every subset is not looked at: 2 to the power of 12 is a matter of milliseconds. */
const EXHAUSTIVE = 12;

/**
 * The sets of organisations whose peers satisfy every policy and of which none could be left out, smallest first and, of
 * equal size, those with organisations that stand first in `available`. Empty where even all of them do not suffice.
 *
 * With many organisations, the sets that a preference leads to: one per organisation to start from, without repetition.
 * Fabric's own enumeration grows with the combinations and then drops organisations at random; this one does not.
 */
export function endorsementPlans(policies: readonly Policy[], available: readonly string[]): readonly (readonly string[])[] {
  if (!satisfiedByPeers(policies, available)) {
    return [];
  }
  const plans = available.length <= EXHAUSTIVE ? everyMinimalSet(policies, available) : preferredSets(policies, available);
  return plans.sort((a, b) => a.length - b.length);
}

function everyMinimalSet(policies: readonly Policy[], available: readonly string[]): string[][] {
  const minimal: number[] = [];
  for (const candidate of subsetsBySize(available.length)) {
    const covered = minimal.some((set) => (set & candidate) === set);
    if (!covered && satisfiedByPeers(policies, members(candidate, available))) {
      minimal.push(candidate);
    }
  }
  return minimal.map((set) => members(set, available));
}

/** Bit sets of `0..2^n-1`, by number of members and then with the first organisations first. */
function subsetsBySize(n: number): number[] {
  const size = (set: number): number => set.toString(2).replaceAll('0', '').length;
  const reversed = (set: number): string => set.toString(2).padStart(n, '0').split('').reverse().join('');
  return Array.from({ length: 2 ** n }, (_, set) => ({ set, size: size(set), order: reversed(set) }))
    .sort((a, b) => a.size - b.size || (a.order < b.order ? 1 : -1))
    .map(({ set }) => set);
}

function members(set: number, available: readonly string[]): string[] {
  return available.filter((_, index) => (set & (1 << index)) !== 0);
}

function preferredSets(policies: readonly Policy[], available: readonly string[]): string[][] {
  const sets = new Map<string, string[]>();
  available.forEach((_, start) => {
    const order = [...available.slice(start), ...available.slice(0, start)];
    const set = withoutSuperfluous(policies, order);
    const inOrder = available.filter((mspId) => set.includes(mspId));
    sets.set(inOrder.join(' '), inOrder);
  });
  return [...sets.values()];
}

/** Leaves out, from the least preferred on, whoever is not needed. */
function withoutSuperfluous(policies: readonly Policy[], order: readonly string[]): readonly string[] {
  return order.reduceRight<readonly string[]>((kept, mspId) => {
    const fewer = kept.filter((other) => other !== mspId);
    return satisfiedByPeers(policies, fewer) ? fewer : kept;
  }, order);
}
