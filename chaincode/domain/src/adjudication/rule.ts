import type { ClaimContent, ClaimLine } from '../claims/claim.js';
import type { Adjustment, DecisionFacts, Effect, Group } from './adjudication.js';

/** What the rules look at: the claim and the facts, nothing else. */
export interface Case {
  readonly content: ClaimContent;
  readonly facts: DecisionFacts;
}

/** What an edit says of a line. */
export interface EditFinding {
  readonly effect: Effect;
  /** Group and reason of a denial; for a hold or note the rule's own word. */
  readonly reason: string;
  readonly remarks?: readonly string[];
}

/**
 * An edit: examines one line and may deny it, hold it for a person, or note something. Published versions are never
 * changed; a new one stands beside them, because an adjudication names the versions that it used.
 */
export interface EditRule {
  /** Name and version, such as `timely-filing/v1`. */
  readonly id: string;
  /** Where the rule comes from. */
  readonly source: string;
  readonly examine: (line: ClaimLine, given: Case) => readonly EditFinding[];
}

/** A denial of the whole line under a claim adjustment reason, with its remark codes. */
export function deny(group: Group, reason: string, ...remarks: readonly string[]): EditFinding {
  return { effect: 'deny', reason: `${group}-${reason}`, remarks };
}

/** A person has to look. */
export function pend(reason: string): EditFinding {
  return { effect: 'pend', reason };
}

/** Worth recording, without effect. */
export function note(reason: string): EditFinding {
  return { effect: 'note', reason };
}

/** The adjustment that a denial makes: it carries the whole charge. */
export function denialAdjustment(reason: string, amountMinor: number): Adjustment {
  const [group, code] = reason.split('-');
  return { group: group as Group, reason: code ?? '', amountMinor };
}
