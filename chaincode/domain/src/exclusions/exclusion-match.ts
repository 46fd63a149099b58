import { opaqueId, ownDocumentShape } from '../documents/document.js';
import type { OwnDocument } from '../documents/document.js';
import type { OwnEffects, OwnExecution, OwnPreconditions } from '../credentialing/execution.js';
import { NOTHING_ASKED, nextVersion, recordedDocument } from '../credentialing/execution.js';
import { toHex, utf8 } from '../shared/bytes.js';
import type { Sha256 } from '../shared/bytes.js';
import { canonicalJson } from '../shared/canonical-json.js';
import type { Instant } from '../shared/dates.js';
import { DomainError, invalidInput, issue } from '../shared/errors.js';
import type { Npi, OpaqueId } from '../shared/ids.js';
import { freeText, instant, integer, list, npiShape, object, oneOf, optional, sha256Shape, text } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import type { ExclusionRow } from './leie-row.js';
import { MATCH_REASONS } from './match.js';
import type { MatchReason, ScreenedPerson } from './match.js';

/** What is said of a pair of clinician and excluded person. CLEAR is a run without any pair, and needs no document. */
export const MATCH_STATES = ['POTENTIAL', 'CONFIRMED', 'FALSE_POSITIVE'] as const;

export type MatchState = (typeof MATCH_STATES)[number];

/** A pair that a run found, as recorded by the organisation that screens. */
export interface ExclusionMatchBody {
  readonly npi: Npi;
  readonly source: string;
  readonly fileMonth: string;
  readonly matcher: string;
  readonly score: number;
  readonly reasons: readonly MatchReason[];
  /** SHA-256 over both records' identifiers: a decision lasts while it stays the same. */
  readonly pairHash: string;
  readonly state: MatchState;
  readonly decision?: { readonly by: string; readonly at: Instant; readonly reason: string; readonly evidenceHash?: string };
}

export type ExclusionMatchDocument = OwnDocument<'exclusion-match', ExclusionMatchBody>;

/** Records a pair that a run found; a decided pair is brought along and is opened again only where identifiers changed. */
export interface RecordExclusionMatch extends Omit<ExclusionMatchBody, 'state' | 'decision'> {
  readonly verb: 'recordExclusionMatch';
  readonly matchId: OpaqueId;
  readonly previous?: ExclusionMatchDocument;
}

/** Says what a pair is. */
export interface DecideExclusionMatch {
  readonly verb: 'decideExclusionMatch';
  readonly match: ExclusionMatchDocument;
  readonly state: 'CONFIRMED' | 'FALSE_POSITIVE';
  readonly reason: string;
  readonly evidenceHash?: string;
}

export type ExclusionCommand = RecordExclusionMatch | DecideExclusionMatch;

const pairFields = {
  npi: npiShape, source: freeText(1, 60), fileMonth: text(/^\d{4}-(0[1-9]|1[0-2])$/), matcher: freeText(1, 60), score: integer(0, 100), reasons: list(oneOf(MATCH_REASONS), 1, 9), pairHash: sha256Shape,
} as const;

/** Reads a recorded pair. */
export const exclusionMatchShape: Shape<ExclusionMatchDocument> = ownDocumentShape('exclusion-match', object<ExclusionMatchBody>({
  ...pairFields,
  state: oneOf(MATCH_STATES),
  decision: optional(object<NonNullable<ExclusionMatchBody['decision']>>({ by: freeText(1, 200), at: instant, reason: freeText(1, 500), evidenceHash: optional(sha256Shape) })),
}));

/** Reads each of these commands. */
export const exclusionShapes: { readonly [V in ExclusionCommand['verb']]: Shape<Extract<ExclusionCommand, { readonly verb: V }>> } = {
  recordExclusionMatch: object<RecordExclusionMatch>({ verb: oneOf(['recordExclusionMatch']), matchId: opaqueId, ...pairFields, previous: optional(exclusionMatchShape) }),
  decideExclusionMatch: object<DecideExclusionMatch>({
    verb: oneOf(['decideExclusionMatch']), match: exclusionMatchShape, state: oneOf(['CONFIRMED', 'FALSE_POSITIVE']), reason: freeText(1, 500), evidenceHash: optional(sha256Shape),
  }),
};

/** What such a command rests on. */
export function exclusionPreconditions(command: ExclusionCommand): OwnPreconditions {
  if (command.verb === 'decideExclusionMatch') return { ...NOTHING_ASKED, documents: [command.match] };
  return { ...NOTHING_ASKED, documents: command.previous === undefined ? [] : [command.previous] };
}

/**
 * Records a pair as POTENTIAL. Throws SCREENING_DECIDED for a pair that was decided and whose identifiers are the same:
 * a false positive stays suppressed until either record changes.
 */
export function recordExclusionMatch({ verb: _, matchId, previous, ...pair }: RecordExclusionMatch, execution: OwnExecution): OwnEffects {
  if (previous !== undefined && (previous.id !== matchId || previous.body.npi !== pair.npi)) throw invalidInput([issue('INCONSISTENT', '/body/previous')]);
  if (previous !== undefined && isSuppressed(previous.body, pair.pairHash)) throw new DomainError('SCREENING_DECIDED');
  return recordedDocument(execution, 'exclusion-match', previous === undefined ? { id: matchId, version: 1 } : nextVersion(previous), { ...pair, state: 'POTENTIAL' });
}

/** Decides a pair. Throws SCREENING_DECIDED where somebody has. */
export function decideExclusionMatch({ match, state, reason, evidenceHash }: DecideExclusionMatch, execution: OwnExecution): OwnEffects {
  if (match.body.state !== 'POTENTIAL') throw new DomainError('SCREENING_DECIDED');
  const decision = { by: execution.actor.actorId, at: execution.now, reason, ...(evidenceHash !== undefined && { evidenceHash }) };
  return recordedDocument(execution, 'exclusion-match', nextVersion(match), { ...match.body, state, decision });
}

/** True where the pair needs no look: it waits for one, or was decided on the same identifiers. */
export function isSuppressed(recorded: Pick<ExclusionMatchBody, 'pairHash'>, pairHash: string): boolean {
  return recorded.pairHash === pairHash;
}

/**
 * SHA-256 over the identifiers of both records, in hexadecimal. It lies in private data alone: birth dates can be guessed.
 */
export function pairHashOf(person: ScreenedPerson, row: ExclusionRow, sha256: Sha256): string {
  const { lastName, firstName, middleName, businessName, npi = '', birthDate = '', state, zip, type, excludedOn } = row;
  return toHex(sha256(utf8(canonicalJson({ person, row: { lastName, firstName, middleName, businessName, npi, birthDate, state, zip, type, excludedOn } }))));
}
