import type { MemberKind } from '../members/member.js';

/** Who may give a command, and whom it concerns. */
export interface VerbPermission {
  /** Roles by kind of organisation; a kind that is not named may not. */
  readonly roles: Partial<Record<MemberKind, readonly string[]>>;
  /** Both parties, or the insurer alone. */
  readonly joint: boolean;
  /** A deadline or another date counts: the transaction's time must agree with the registry's clock. */
  readonly timed: boolean;
}
