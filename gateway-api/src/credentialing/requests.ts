import {
  APPEAL_OUTCOMES, attestedFields, bylawsBodyShape, codeShape, collectedByFields, credentialFindingShape, DELEGATED_FUNCTIONS, ELEMENTS, evidenceCopyShape, FILE_OUTCOMES, flag, fppeFields, freeText, instant, integer,
  itemFields, jurisdictionShape, list, MATCH_REASONS, npdbFindingShape, npiShape, object, oneOf, opaqueId, optional, personFields, plainDate, practitionerSignatureShape, proxyFields, questionFields, RECOMMENDED_STAGES,
  REVIEW_DECISIONS, ROUTES, sha256Shape, subjectFields, text, variant, where,
} from '@medaccord/domain';
import type {
  AcknowledgeRoster, AssessCredentialFile, CollectVerification, ConcludeReview, ConfirmAuthority, CredentialFinding, DecideCredentialFile, DecideExclusionMatch, DecideFileAppeal, DecidePrivileges, DelegationBody,
  GrantByProxy, GrantTemporaryPrivileges, ItemDecision, NewFppe, NpdbFinding, OpaqueId, OpenCredentialFile, ReceiveRoster, RecommendPrivileges, RecordAdverseAction, RecordAttestation, RecordBylaws, RecordConsent,
  RecordDecisionNotice, RecordDelegation, RecordExclusionMatch, RecordFileAppeal, RecordFocusedEvaluation, RecordNpdbReport, RecordOngoingEvaluation, RequestPrivileges, ReviewConclusion, ReviewVerification, Shape,
  TerminateCredentialFile, WithdrawConsent,
} from '@medaccord/domain';

/** The version of the document that the person had before the eyes; refused where a newer one is recorded. */
export interface Seen {
  readonly version?: number;
}

/** A release; a signed one has an id of the practitioner's own choice, which stands in the signed bytes. */
export type ConsentRequest = Omit<RecordConsent['consent'], 'recordedAs'> & Pick<RecordConsent, 'practitioner'> & Partial<Pick<RecordConsent, 'consentId'>>;
export type ConsentStep = Omit<WithdrawConsent, 'consent'> & Seen;

/** What a system or a person found at a source outside. */
export interface VerificationRequest extends Omit<CollectVerification, 'verb' | 'verificationId' | 'answer' | 'consent'> {
  readonly answer: CredentialFinding | NpdbFinding;
  /** For every element that is not public record. */
  readonly consentId?: OpaqueId;
}

/** Asks the registry itself for a clinician's standing. */
export type RegistryQuestion = Pick<CollectVerification, 'npi' | 'namesSearched' | 'surname' | 'supersedes' | 'birthDateMatched'> & { readonly jurisdiction: string; readonly asOf?: string };
export type VerificationStep = Pick<ReviewVerification, 'verb' | 'decision' | 'discrepancies'> & Seen;

export type CredentialFileRequest = Omit<OpenCredentialFile, 'verb' | 'fileId' | 'previous'> & { readonly previousFileId?: OpaqueId };
export type CredentialFileStep = (
  | Omit<RecordAttestation, 'file'>
  | (Pick<AssessCredentialFile, 'verb' | 'decisionOn'> & { readonly verificationIds: readonly OpaqueId[] })
  | Omit<DecideCredentialFile, 'file' | 'verifications'>
  | Omit<RecordDecisionNotice, 'file'>
  | Omit<RecordFileAppeal, 'file'>
  | Omit<DecideFileAppeal, 'file'>
  | Omit<TerminateCredentialFile, 'file'>
) & Seen;

export type DelegationStep = Pick<RecordDelegation, 'verb' | 'delegation'> & Seen;
export type RosterRequest = Omit<ReceiveRoster, 'verb' | 'rosterId' | 'delegation'> & { readonly delegationId: OpaqueId };
export type RosterStep = Omit<AcknowledgeRoster, 'roster'> & Seen;

export type ExclusionMatchRequest = Omit<RecordExclusionMatch, 'verb' | 'matchId' | 'previous'>;
export type ExclusionMatchStep = Omit<DecideExclusionMatch, 'match'> & Seen;

export type PrivilegesRequest = Omit<RequestPrivileges, 'privilegesId'> | Omit<GrantTemporaryPrivileges, 'privilegesId'> | Omit<GrantByProxy, 'privilegesId'>;
export type BylawsStep = Pick<RecordBylaws, 'verb' | 'bylaws'> & Seen;
export type PrivilegesStep = (
  | (Omit<RecommendPrivileges, 'privileges' | 'file'> & { readonly fileId?: OpaqueId })
  | Omit<DecidePrivileges, 'privileges'>
  | Omit<ConcludeReview, 'privileges'>
  | Omit<RecordFocusedEvaluation, 'privileges'>
  | Omit<RecordOngoingEvaluation, 'privileges'>
  | (Omit<ConfirmAuthority, 'privileges' | 'dea' | 'bylaws'> & { readonly verificationId?: OpaqueId })
  | Omit<RecordAdverseAction, 'privileges'>
  | Omit<RecordNpdbReport, 'privileges'>
) & Seen;

/** Every step on a document that exists. */
export type Step = ConsentStep | VerificationStep | CredentialFileStep | DelegationStep | RosterStep | ExclusionMatchStep | BylawsStep | PrivilegesStep;

const version = optional(integer(1));
const words = freeText(1, 500);
const sentences = list(words, 0, 50);
const month = text(/^(19|20|21)\d\d-(0[1-9]|1[0-2])$/);

/** The step of a union that has this verb. */
type Of<S extends { readonly verb: string }, V extends S['verb']> = Extract<S, { readonly verb: V }>;

/** Reads a practitioner's release. */
export const consentRequest: Shape<ConsentRequest> = where(
  object<ConsentRequest>({
    npi: npiShape, elements: list(oneOf(ELEMENTS), 1, ELEMENTS.length), from: plainDate, thru: plainDate, documentHash: sha256Shape, consentId: optional(opaqueId), practitioner: optional(practitionerSignatureShape),
  }),
  ({ consentId, practitioner }) => (consentId === undefined) === (practitioner === undefined),
  'INCONSISTENT',
);

export const consentStep: Shape<ConsentStep> = variant<ConsentStep>('verb', { withdrawConsent: object<ConsentStep>({ verb: oneOf(['withdrawConsent']), reason: words, practitioner: optional(practitionerSignatureShape), version }) });

/** Reads what was found outside. */
export const verificationRequest: Shape<VerificationRequest> = object<VerificationRequest>({
  ...questionFields, retrievedAt: optional(instant), sourceTimestamp: optional(instant),
  answer: variant<VerificationRequest['answer']>('type', { credential: credentialFindingShape, npdb: npdbFindingShape }),
  surname: freeText(1, 100), evidence: optional(evidenceCopyShape), system: collectedByFields.system, systemVersion: collectedByFields.version,
  consentId: optional(opaqueId), supersedes: optional(opaqueId),
});

/** Reads a question to the registry. */
export const registryQuestion: Shape<RegistryQuestion> = object<RegistryQuestion>({
  npi: npiShape, namesSearched: list(freeText(1, 200), 1, 20), birthDateMatched: optional(flag), surname: freeText(1, 100), jurisdiction: jurisdictionShape, asOf: optional(plainDate),
  supersedes: optional(opaqueId),
});

export const verificationStep: Shape<VerificationStep> = variant<VerificationStep>('verb', {
  reviewVerification: object<VerificationStep>({ verb: oneOf(['reviewVerification']), decision: oneOf(REVIEW_DECISIONS), discrepancies: sentences, version }),
});

/** Reads whom a file is opened for. */
export const credentialFileRequest: Shape<CredentialFileRequest> = object<CredentialFileRequest>({ ...subjectFields, previousFileId: optional(opaqueId) });

export const credentialFileStep: Shape<CredentialFileStep> = variant<CredentialFileStep>('verb', {
  recordAttestation: object<Of<CredentialFileStep, 'recordAttestation'>>({ verb: oneOf(['recordAttestation']), ...attestedFields, version }),
  assessCredentialFile: object<Of<CredentialFileStep, 'assessCredentialFile'>>({ verb: oneOf(['assessCredentialFile']), decisionOn: plainDate, verificationIds: list(opaqueId, 0, 100), version }),
  decideCredentialFile: object<Of<CredentialFileStep, 'decideCredentialFile'>>({
    verb: oneOf(['decideCredentialFile']), outcome: oneOf(FILE_OUTCOMES), route: oneOf(ROUTES), reasons: sentences, conditions: sentences, version,
  }),
  recordDecisionNotice: object<Of<CredentialFileStep, 'recordDecisionNotice'>>({ verb: oneOf(['recordDecisionNotice']), sentOn: plainDate, version }),
  recordFileAppeal: object<Of<CredentialFileStep, 'recordFileAppeal'>>({ verb: oneOf(['recordFileAppeal']), filedOn: plainDate, grounds: words, version }),
  decideFileAppeal: object<Of<CredentialFileStep, 'decideFileAppeal'>>({ verb: oneOf(['decideFileAppeal']), outcome: oneOf(APPEAL_OUTCOMES), reason: words, version }),
  terminateCredentialFile: object<Of<CredentialFileStep, 'terminateCredentialFile'>>({ verb: oneOf(['terminateCredentialFile']), reason: words, version }),
});

/** Reads an agreement. */
export const delegationRequest: Shape<DelegationBody> = object<DelegationBody>({
  delegate: freeText(1, 200), functions: list(oneOf(DELEGATED_FUNCTIONS), 1, 4), from: plainDate, thru: optional(plainDate), subDelegated: flag, documentHash: sha256Shape,
  audits: list(plainDate, 0, 100),
});

export const delegationStep: Shape<DelegationStep> = variant<DelegationStep>('verb', {
  recordDelegation: object<DelegationStep>({ verb: oneOf(['recordDelegation']), delegation: delegationRequest, version }),
});

/** Reads a delegate's list of a month. */
export const rosterRequest: Shape<RosterRequest> = object<RosterRequest>({
  delegationId: opaqueId, month,
  rows: list(object<RosterRequest['rows'][number]>({ row: integer(1), npi: npiShape, change: oneOf(['ADDED', 'KEPT', 'REMOVED']), decidedOn: plainDate }), 1, 1000),
});

export const rosterStep: Shape<RosterStep> = variant<RosterStep>('verb', {
  acknowledgeRoster: object<RosterStep>({
    verb: oneOf(['acknowledgeRoster']), version,
    answers: list(object<RosterStep['answers'][number]>({ row: integer(1), answer: oneOf(['ACCEPTED', 'REJECTED']), reason: optional(words) }), 1, 1000),
  }),
});

/** Reads a pair that a screening found. */
export const exclusionMatchRequest: Shape<ExclusionMatchRequest> = object<ExclusionMatchRequest>({
  npi: npiShape, source: freeText(1, 60), fileMonth: month, matcher: freeText(1, 60), score: integer(0, 100), reasons: list(oneOf(MATCH_REASONS), 1, 9), pairHash: sha256Shape,
});

export const exclusionMatchStep: Shape<ExclusionMatchStep> = variant<ExclusionMatchStep>('verb', {
  decideExclusionMatch: object<ExclusionMatchStep>({
    verb: oneOf(['decideExclusionMatch']), state: oneOf(['CONFIRMED', 'FALSE_POSITIVE']), reason: words, evidenceHash: optional(sha256Shape), version,
  }),
});

/** Reads a hospital's table as it is from now on. */
export const bylawsStep: Shape<BylawsStep> = variant<BylawsStep>('verb', { recordBylaws: object<BylawsStep>({ verb: oneOf(['recordBylaws']), bylaws: bylawsBodyShape, version }) });

const newFppe: Shape<NewFppe> = object<NewFppe>(fppeFields);

/** Reads an application, or a grant for a time. */
export const privilegesRequest: Shape<PrivilegesRequest> = variant<PrivilegesRequest>('verb', {
  requestPrivileges: object<Of<PrivilegesRequest, 'requestPrivileges'>>({
    verb: oneOf(['requestPrivileges']), ...personFields, items: list(object<RequestPrivileges['items'][number]>(itemFields), 1, 200), appliedOn: optional(plainDate),
  }),
  grantTemporaryPrivileges: object<Of<PrivilegesRequest, 'grantTemporaryPrivileges'>>({
    verb: oneOf(['grantTemporaryPrivileges']), ...personFields, kind: oneOf(['temporary', 'disaster']), need: words, thru: plainDate,
    items: list(object<GrantTemporaryPrivileges['items'][number]>({ ...itemFields, fppe: newFppe }), 1, 200),
  }),
  grantByProxy: object<Of<PrivilegesRequest, 'grantByProxy'>>({
    verb: oneOf(['grantByProxy']), ...personFields, ...proxyFields, months: integer(1, 60), items: list(object<GrantByProxy['items'][number]>({ ...itemFields, fppe: newFppe }), 1, 200),
  }),
});

export const privilegesStep: Shape<PrivilegesStep> = variant<PrivilegesStep>('verb', {
  recommendPrivileges: object<Of<PrivilegesStep, 'recommendPrivileges'>>({
    verb: oneOf(['recommendPrivileges']), stage: oneOf(RECOMMENDED_STAGES), recommendation: words, fileId: optional(opaqueId), version,
  }),
  decidePrivileges: object<Of<PrivilegesStep, 'decidePrivileges'>>({
    verb: oneOf(['decidePrivileges']), months: integer(1, 60), version,
    decisions: list(object<ItemDecision>({ code: codeShape, outcome: oneOf(['GRANTED', 'MODIFIED', 'DENIED', 'DEFERRED']), modification: optional(words), fppe: optional(newFppe) }), 1, 200),
  }),
  concludeReview: object<Of<PrivilegesStep, 'concludeReview'>>({
    verb: oneOf(['concludeReview']), reason: words, version,
    conclusions: list(object<ReviewConclusion>({ code: codeShape, outcome: oneOf(['GRANTED', 'MODIFIED', 'RELINQUISHED']), modification: optional(words) }), 1, 200),
  }),
  recordFocusedEvaluation: object<Of<PrivilegesStep, 'recordFocusedEvaluation'>>({
    verb: oneOf(['recordFocusedEvaluation']), code: codeShape, outcome: oneOf(['COMPLETED', 'EXTENDED', 'EXTERNAL_REVIEW']), thru: optional(plainDate), version,
  }),
  recordOngoingEvaluation: object<Of<PrivilegesStep, 'recordOngoingEvaluation'>>({ verb: oneOf(['recordOngoingEvaluation']), outcome: oneOf(['CONTINUE', 'FOCUS']), version }),
  confirmAuthority: object<Of<PrivilegesStep, 'confirmAuthority'>>({ verb: oneOf(['confirmAuthority']), cause: oneOf(['LICENCE', 'DEA']), verificationId: optional(opaqueId), version }),
  recordAdverseAction: object<Of<PrivilegesStep, 'recordAdverseAction'>>({
    verb: oneOf(['recordAdverseAction']), type: oneOf(['SUSPENSION', 'RESTRICTION', 'RESIGNED_UNDER_INVESTIGATION']), codes: list(codeShape, 0, 200), from: plainDate, thru: optional(plainDate), version,
  }),
  recordNpdbReport: object<Of<PrivilegesStep, 'recordNpdbReport'>>({
    verb: oneOf(['recordNpdbReport']), action: integer(0), controlNumber: text(/^\d{8,20}$/), sentOn: plainDate, version,
  }),
});

/** Reads which clinician and day a question is about. */
export const clinicianQuestion: Shape<{ readonly npi: string; readonly on?: string }> = object({ npi: npiShape, on: optional(plainDate) });
