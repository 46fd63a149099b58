import { opaqueId } from '../documents/document.js';
import type { PlainDate } from '../shared/dates.js';
import type { OpaqueId } from '../shared/ids.js';
import { freeText, list, object, oneOf, optional, plainDate } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import { verificationShape } from '../verification/verification.js';
import type { VerificationDocument } from '../verification/verification.js';
import { APPEAL_OUTCOMES, FILE_OUTCOMES, ROUTES, attestedFields, credentialFileShape, subjectFields } from './credential-file.js';
import type { Attested, CredentialFileBody, CredentialFileDocument, CredentialFileAppeal, FileDecision } from './credential-file.js';

/** Opens a file; a recredentialing brings the file that it renews. */
export interface OpenCredentialFile extends Pick<CredentialFileBody, 'profession' | 'jurisdiction' | 'payer' | 'event' | 'npi' | 'programme' | 'recipe'> {
  readonly verb: 'openCredentialFile';
  readonly fileId: OpaqueId;
  readonly previous?: CredentialFileDocument;
}

/** Records a statement of the practitioner, as a document. */
export interface RecordAttestation extends Omit<Attested, 'recordedAs' | 'recordedBy'> {
  readonly verb: 'recordAttestation';
  readonly file: CredentialFileDocument;
}

/** Weighs the file's verifications for a decision on a day: ready, or back to verifying. */
export interface AssessCredentialFile {
  readonly verb: 'assessCredentialFile';
  readonly file: CredentialFileDocument;
  readonly verifications: readonly VerificationDocument[];
  readonly decisionOn: PlainDate;
}

/** Decides a file, today. */
export interface DecideCredentialFile extends Pick<FileDecision, 'outcome' | 'route' | 'reasons' | 'conditions'> {
  readonly verb: 'decideCredentialFile';
  readonly file: CredentialFileDocument;
  readonly verifications: readonly VerificationDocument[];
}

/** Records that the practitioner was told. */
export interface RecordDecisionNotice {
  readonly verb: 'recordDecisionNotice';
  readonly file: CredentialFileDocument;
  readonly sentOn: PlainDate;
}

/** Records that the practitioner appeals against the decision. */
export interface RecordFileAppeal extends Pick<CredentialFileAppeal, 'filedOn' | 'grounds'> {
  readonly verb: 'recordFileAppeal';
  readonly file: CredentialFileDocument;
}

/** Says what became of the appeal. */
export interface DecideFileAppeal {
  readonly verb: 'decideFileAppeal';
  readonly file: CredentialFileDocument;
  readonly outcome: NonNullable<CredentialFileAppeal['decided']>['outcome'];
  readonly reason: string;
}

/** Ends a file: withdrawn, or the practitioner leaves. */
export interface TerminateCredentialFile {
  readonly verb: 'terminateCredentialFile';
  readonly file: CredentialFileDocument;
  readonly reason: string;
}

export type CredentialFileCommand =
  | OpenCredentialFile | RecordAttestation | AssessCredentialFile | DecideCredentialFile | RecordDecisionNotice | RecordFileAppeal | DecideFileAppeal
  | TerminateCredentialFile;

const file = credentialFileShape;
const verifications = list(verificationShape, 0, 100);
const sentences = list(freeText(1, 500), 0, 50);

/** Reads each of these commands. */
export const credentialFileShapes: { readonly [V in CredentialFileCommand['verb']]: Shape<Extract<CredentialFileCommand, { readonly verb: V }>> } = {
  openCredentialFile: object<OpenCredentialFile>({ verb: oneOf(['openCredentialFile']), fileId: opaqueId, ...subjectFields, previous: optional(file) }),
  recordAttestation: object<RecordAttestation>({ verb: oneOf(['recordAttestation']), file, ...attestedFields }),
  assessCredentialFile: object<AssessCredentialFile>({ verb: oneOf(['assessCredentialFile']), file, verifications, decisionOn: plainDate }),
  decideCredentialFile: object<DecideCredentialFile>({
    verb: oneOf(['decideCredentialFile']), file, verifications, outcome: oneOf(FILE_OUTCOMES), route: oneOf(ROUTES), reasons: sentences, conditions: sentences,
  }),
  recordDecisionNotice: object<RecordDecisionNotice>({ verb: oneOf(['recordDecisionNotice']), file, sentOn: plainDate }),
  recordFileAppeal: object<RecordFileAppeal>({ verb: oneOf(['recordFileAppeal']), file, filedOn: plainDate, grounds: freeText(1, 500) }),
  decideFileAppeal: object<DecideFileAppeal>({ verb: oneOf(['decideFileAppeal']), file, outcome: oneOf(APPEAL_OUTCOMES), reason: freeText(1, 500) }),
  terminateCredentialFile: object<TerminateCredentialFile>({ verb: oneOf(['terminateCredentialFile']), file, reason: freeText(1, 500) }),
};
