import type { AdjudicationDocument } from '../adjudication/adjudication.js';
import { adjudicationDocumentShape } from '../adjudication/eob-shape.js';
import { flag, freeText, object, oneOf, optional } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import { appealDocumentShape, APPEAL_TRACKS, evidenceShape } from './appeal.js';
import type { AppealBody, AppealDocument } from './appeal.js';
import { APPEAL_LEVELS } from './deadlines.js';
import type { AppealLevel } from './deadlines.js';

/** Hospital, denials: a provider's dispute. Insurer, claims-examiner: an appeal that a member handed in. */
export interface FileAppeal {
  readonly verb: 'fileAppeal';
  readonly adjudication: AdjudicationDocument;
  /** The last step of the claim's appeals so far; absent where there was none, which the ledger checks. */
  readonly before?: AppealDocument;
  readonly track: AppealBody['track'];
  readonly level: AppealLevel;
  readonly urgent: boolean;
  readonly grounds: string;
  readonly evidence: readonly string[];
}

/** Insurer, claims-supervisor. Records the insurer's decision, or the external reviewer's, which binds it. */
export interface DecideAppeal {
  readonly verb: 'decideAppeal';
  readonly adjudication: AdjudicationDocument;
  readonly appeal: AppealDocument;
  readonly state: 'UPHELD' | 'OVERTURNED';
  readonly reason: string;
}

/** Whoever filed it takes it back. */
export interface WithdrawAppeal {
  readonly verb: 'withdrawAppeal';
  readonly appeal: AppealDocument;
  readonly reason: string;
}

const reason = freeText(1, 2000);

/** Reads an appeal to file. */
export const fileAppealShape: Shape<FileAppeal> = object<FileAppeal>({
  verb: oneOf(['fileAppeal']), adjudication: adjudicationDocumentShape, before: optional(appealDocumentShape), track: oneOf(APPEAL_TRACKS), level: oneOf(APPEAL_LEVELS),
  urgent: flag, grounds: reason, evidence: evidenceShape,
});

/** Reads a decision on an appeal. */
export const decideAppealShape: Shape<DecideAppeal> = object<DecideAppeal>({
  verb: oneOf(['decideAppeal']), adjudication: adjudicationDocumentShape, appeal: appealDocumentShape, state: oneOf(['UPHELD', 'OVERTURNED']), reason,
});

/** Reads a withdrawal. */
export const withdrawAppealShape: Shape<WithdrawAppeal> = object<WithdrawAppeal>({ verb: oneOf(['withdrawAppeal']), appeal: appealDocumentShape, reason });
