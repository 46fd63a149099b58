import type { ClaimContent, ClaimType } from '@medaccord/domain';
import { claimContentOf, transactionTypeOf } from './claim-content.js';
import type { ClaimLoop } from './claim-loops.js';
import { severityOf } from './issue.js';
import type { ReadingMode, X12Issue, X12IssueCode } from './issue.js';
import { readClaimLoops } from './read-claim-loops.js';
import type { ReadItem, X12Source } from './read-claim-loops.js';
import { element, shownId } from './segment.js';
import type { Segment } from './segment.js';
import { unreadable, UnreadableClaim } from './unreadable.js';
import type { Fault } from './unreadable.js';

/** Where a claim stands in its file. */
interface ClaimPlace {
  /** From 1, in the order of the file's CLM segments. */
  readonly number: number;
  /** Number of the CLM segment in the file, from 1. */
  readonly position: number;
  /** The hospital's own number of the claim (CLM01); empty where it has none. */
  readonly patientControlNumber: string;
}

/** One thing found in a file: a claim, a claim that cannot be read, or something wrong with the file itself. */
export type ClaimFileItem =
  | ({ readonly kind: 'claim'; readonly content: ClaimContent } & ClaimPlace)
  | ({ readonly kind: 'unreadable'; readonly fault: Fault } & ClaimPlace)
  | { readonly kind: 'issue'; readonly issue: X12Issue };

/** The segment of a service by the type of claim. */
const SERVICES: Readonly<Record<ClaimType, string>> = { P: 'SV1', I: 'SV2' };

/** The longest CLM01 that an answer repeats: the standard's own limit. */
const LONGEST_CONTROL_NUMBER = 38;

/**
 * Reads the claims of an 837P or 837I file from a stream, each CLM segment as one `claim` or `unreadable` item in the order of
 * the file. A fault of one claim takes down no other. Never throws for what a file contains.
 */
export async function* readClaims(source: X12Source, mode: ReadingMode): AsyncGenerator<ClaimFileItem> {
  const once = new Set<X12IssueCode>();
  let number = 0;
  for await (const item of readClaimLoops(source, mode)) {
    if (item.kind === 'issue') {
      yield item;
      continue;
    }
    number += 1;
    yield* itemsOf(item, number, mode, once);
  }
}

function* itemsOf(item: Exclude<ReadItem, { kind: 'issue' }>, number: number, mode: ReadingMode, once: Set<X12IssueCode>): Generator<ClaimFileItem> {
  const issues: X12Issue[] = [];
  const place = placeOf(item.loop, number);
  const outcome = outcomeOf(item, (code, segment, message) => {
    // A sender does such things throughout a file; once says enough.
    if (!once.has(code)) issues.push({ code, severity: severityOf(code, mode), position: segment.position, segmentId: shownId(segment.id), message });
    once.add(code);
  });
  for (const issue of issues) yield { kind: 'issue', issue };
  yield { ...outcome, ...place };
}

type Outcome = { readonly kind: 'claim'; readonly content: ClaimContent } | { readonly kind: 'unreadable'; readonly fault: Fault };

function outcomeOf(item: Exclude<ReadItem, { kind: 'issue' }>, note: (code: X12IssueCode, segment: Segment, message: string) => void): Outcome {
  try {
    if (item.kind === 'refused') return { kind: 'unreadable', fault: refusalOf(item.because) };
    const type = transactionTypeOf(item.loop);
    const stranger = unsupported(item.loop, type);
    if (stranger !== undefined) throw unreadable('UNSUPPORTED_TRANSACTION', stranger);
    const content = claimContentOf(item.loop, type, {
      otherSeparator: (segment) => {
        note('COMPONENT_SEPARATOR_DIFFERS', segment, 'components are separated by another character than the one that the interchange header names');
      },
      dropped: (segment) => {
        note('VALUE_DROPPED', segment, 'more codes than a claim holds: the last ones were left out');
      },
    });
    return { kind: 'claim', content };
  } catch (error) {
    if (error instanceof UnreadableClaim) return { kind: 'unreadable', fault: error.fault };
    throw error;
  }
}

/** The segment that says that this is a claim of another kind: its ST, or a service of another kind of claim. */
function unsupported({ context, lines }: ClaimLoop, type: ClaimType): Pick<Segment, 'id' | 'position'> | undefined {
  if (context !== undefined && /X224/.test(context.version)) return { id: 'ST', position: context.position };

  return lines.flatMap(({ segments }) => segments).find(({ id }) => ['SV1', 'SV2', 'SV3'].includes(id) && id !== SERVICES[type]);
}

function refusalOf(issue: X12Issue): Fault {
  const { position, segmentId } = issue;

  return { reason: 'TRANSACTION_REFUSED', position, segmentId, ...(issue.element === undefined ? {} : { element: issue.element }) };
}

function placeOf({ start }: ClaimLoop, number: number): ClaimPlace {
  return { number, position: start.position, patientControlNumber: element(start, 1).slice(0, LONGEST_CONTROL_NUMBER) };
}
