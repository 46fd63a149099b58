import { opaqueId, ownDocumentShape } from '../documents/document.js';
import type { OwnDocument } from '../documents/document.js';
import type { OwnEffects, OwnExecution, OwnPreconditions } from '../credentialing/execution.js';
import { NOTHING_ASKED, recordedDocument } from '../credentialing/execution.js';
import { invalidInput, issue } from '../shared/errors.js';
import type { Npi, OpaqueId } from '../shared/ids.js';
import { freeText, integer, list, npiShape, object, oneOf, optional, sha256Shape } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import { exclusionMatchShape, recordExclusionMatch } from './exclusion-match.js';
import type { ExclusionMatchDocument, MatchState, RecordExclusionMatch } from './exclusion-match.js';
import { MATCH_REASONS } from './match.js';
import { exclusionFileNameFields } from './snapshot.js';
import type { ExclusionFileName } from './snapshot.js';

/** What a run says of one clinician: the gravest of the pairs that stand, CLEAR where there is none. */
export const SCREENING_RESULTS = ['CLEAR', 'FALSE_POSITIVE', 'POTENTIAL', 'CONFIRMED'] as const;

export type ScreeningResult = (typeof SCREENING_RESULTS)[number];

/** A clinician of a run, with the pairs that stand. */
export interface ScreenedClinician {
  readonly npi: Npi;
  readonly result: ScreeningResult;
  readonly matchIds: readonly OpaqueId[];
}

/** What one part of a run has in common with its others: which files were looked at, how, and for whom. */
export interface ScreeningScope {
  readonly runId: OpaqueId;
  /** From 1; long lists are screened in parts. */
  readonly part: number;
  readonly parts: number;
  /** The files that make up the list, oldest first: each recorded in the registry with this hash. */
  readonly snapshots: readonly ExclusionFileName[];
  readonly matcher: string;
}

/** A part of a screening run. It is recorded also where everybody is clear: the proof of monthly monitoring. */
export interface ScreeningRunBody extends ScreeningScope {
  readonly clinicians: readonly ScreenedClinician[];
}

export type ScreeningRunDocument = OwnDocument<'screening-run', ScreeningRunBody>;

/** A pair that is new, or whose identifiers have changed since it was decided. */
export type FoundPair = Omit<RecordExclusionMatch, 'verb' | 'source' | 'fileMonth' | 'matcher'>;

/** Records a part of a run with the pairs that it found. Results follow from the pairs, found and known. */
export interface RecordScreeningRun extends ScreeningScope {
  readonly verb: 'recordScreeningRun';
  readonly partId: OpaqueId;
  readonly clinicians: readonly Npi[];
  readonly found: readonly FoundPair[];
  /** Pairs that stand as they are recorded: waiting, or decided on the same identifiers. */
  readonly known: readonly ExclusionMatchDocument[];
}

/** Most clinicians, and most pairs, of one part. */
export const MOST_SCREENED = 1000;

const fileName: Shape<ExclusionFileName> = object<ExclusionFileName>(exclusionFileNameFields);

const scopeFields = {
  runId: opaqueId, part: integer(1), parts: integer(1), snapshots: list(fileName, 1, 240), matcher: freeText(1, 60),
} as const;

/** Reads a recorded part of a run. */
export const screeningRunShape: Shape<ScreeningRunDocument> = ownDocumentShape('screening-run', object<ScreeningRunBody>({
  ...scopeFields, clinicians: list(object<ScreenedClinician>({ npi: npiShape, result: oneOf(SCREENING_RESULTS), matchIds: list(opaqueId) }), 1, MOST_SCREENED),
}));

/** Reads the command. */
export const recordScreeningRunShape: Shape<RecordScreeningRun> = object<RecordScreeningRun>({
  verb: oneOf(['recordScreeningRun']), partId: opaqueId, ...scopeFields,
  clinicians: list(npiShape, 1, MOST_SCREENED),
  found: list(object<FoundPair>({
    matchId: opaqueId, npi: npiShape, score: integer(0, 100), reasons: list(oneOf(MATCH_REASONS), 1, 9), pairHash: sha256Shape, previous: optional(exclusionMatchShape),
  }), 0, MOST_SCREENED),
  known: list(exclusionMatchShape, 0, MOST_SCREENED),
});

/** What a run rests on: every recorded pair that it brings along. */
export function screeningPreconditions({ found, known }: RecordScreeningRun): OwnPreconditions {
  return { ...NOTHING_ASKED, documents: [...known, ...found.flatMap(({ previous }) => previous ?? [])] };
}

/** Records a part of a run and each pair that it found. Throws INVALID_INPUT and what recording a pair throws. */
export function recordScreeningRun({ verb: _, partId, clinicians, found, known, ...scope }: RecordScreeningRun, execution: OwnExecution): OwnEffects {
  assertConsistent({ ...scope, clinicians, found, known });
  const newest = scope.snapshots.at(-1);
  if (newest === undefined) throw invalidInput([issue('TOO_FEW', '/body/snapshots')]);
  const context = { verb: 'recordExclusionMatch', source: newest.source, fileMonth: newest.month, matcher: scope.matcher } as const;
  const pairs = found.map((pair) => recordExclusionMatch({ ...context, ...pair }, execution));
  const run = recordedDocument(execution, 'screening-run', { id: partId, version: 1 }, { ...scope, clinicians: clinicians.map((npi) => resultOf(npi, found, known)) });
  return { documents: [...pairs.flatMap(({ documents }) => documents), ...run.documents], items: [...pairs.flatMap(({ items }) => items), ...run.items] };
}

/** The gravest of what is said of a clinician's pairs. */
export function gravest(states: readonly MatchState[]): ScreeningResult {
  return [...SCREENING_RESULTS].reverse().find((result) => states.some((state) => state === result)) ?? 'CLEAR';
}

function resultOf(npi: Npi, found: readonly FoundPair[], known: readonly ExclusionMatchDocument[]): ScreenedClinician {
  const theirs = [
    ...found.filter((pair) => pair.npi === npi).map(({ matchId }) => ({ matchId, state: 'POTENTIAL' as const })),
    ...known.filter(({ body }) => body.npi === npi).map(({ id, body }) => ({ matchId: id, state: body.state })),
  ];
  return { npi, result: gravest(theirs.map(({ state }) => state)), matchIds: theirs.map(({ matchId }) => matchId) };
}

/** A part names each clinician and each pair once, and pairs of its own clinicians alone. */
function assertConsistent({ part, parts, snapshots, clinicians, found, known }: Pick<RecordScreeningRun, 'part' | 'parts' | 'snapshots' | 'clinicians' | 'found' | 'known'>): void {
  const named = new Set(clinicians);
  const matches = [...found.map(({ matchId }) => matchId), ...known.map(({ id }) => id)];
  const strangers = [...found.map(({ npi }) => npi), ...known.map(({ body }) => body.npi)].some((npi) => !named.has(npi));
  if (part > parts) throw invalidInput([issue('INCONSISTENT', '/body/part')]);
  if (new Set(snapshots.map(({ source }) => source)).size > 1) throw invalidInput([issue('INCONSISTENT', '/body/snapshots')]);
  if (named.size < clinicians.length) throw invalidInput([issue('DUPLICATE', '/body/clinicians')]);
  if (strangers) throw invalidInput([issue('INCONSISTENT', '/body/clinicians')]);
  if (new Set(matches).size < matches.length) throw invalidInput([issue('DUPLICATE', '/body/known')]);
}
