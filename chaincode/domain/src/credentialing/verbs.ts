import { acknowledgeRoster, delegationPreconditions, receiveRoster, recordDelegation } from '../credential-files/delegation.js';
import {
  assessCredentialFile, credentialFilePreconditions, decideCredentialFile, decideFileAppeal, openCredentialFile, recordAttestation, recordDecisionNotice, recordFileAppeal,
  terminateCredentialFile,
} from '../credential-files/work-files.js';
import { decideExclusionMatch, exclusionPreconditions, recordExclusionMatch } from '../exclusions/exclusion-match.js';
import { recordScreeningRun, screeningPreconditions } from '../exclusions/screening-run.js';
import { concludeReview, decidePrivileges, grantByProxy, grantTemporaryPrivileges, privilegingPreconditions, recommendPrivileges, requestPrivileges } from '../privileging/appoint.js';
import { bylawsPreconditions, recordBylaws } from '../privileging/bylaws.js';
import type { RecommendPrivileges } from '../privileging/commands.js';
import { confirmAuthority, recordAdverseAction, recordFocusedEvaluation, recordNpdbReport, recordOngoingEvaluation } from '../privileging/watch.js';
import type { PlainDate } from '../shared/dates.js';
import type { MemberKind } from '../members/member.js';
import { PRACTITIONER_ROLE } from '../providers/practitioner-certificate.js';
import { consentPreconditions, recordConsent, withdrawalPreconditions, withdrawConsent } from '../verification/consent.js';
import { collectVerification, collectionPreconditions, reviewPreconditions, reviewVerification } from '../verification/verify.js';
import type { OwnCommand, OwnCommandBody, OwnVerb } from './command.js';
import type { OwnEffects, OwnExecution, OwnPreconditions } from './execution.js';

interface OwnVerbDefinition<C extends OwnCommandBody> {
  /** Roles by kind of organisation; a kind that is not named may not. */
  readonly roles: Partial<Record<MemberKind, readonly string[]>>;
  /** The role where the command itself narrows it further. */
  readonly narrower?: (body: C) => readonly string[] | undefined;
  readonly preconditions: (body: C, today: PlainDate) => OwnPreconditions;
  readonly execute: (body: C, execution: OwnExecution) => OwnEffects;
}

/** Medical-staff office of a hospital, credentialing department of an insurer. */
const office = { hospital: ['medical-staff-office', 'credentialing'], insurer: ['credentialing'] } as const;
/** A practitioner may bring in person what the practitioner has signed. */
const officeOrPractitioner = { hospital: [...office.hospital, PRACTITIONER_ROLE], insurer: [...office.insurer, PRACTITIONER_ROLE] } as const;
const signersOf = (practitioner: unknown): readonly string[] | undefined => (practitioner === undefined ? office.hospital : undefined);
const deciders = { hospital: ['credentials-committee', 'medical-director'], insurer: ['credentials-committee', 'medical-director'] } as const;

const committee = { hospital: ['credentials-committee'], insurer: ['credentials-committee'] } as const;

const staffOffice = { hospital: ['medical-staff-office'] } as const;

/** Whose recommendation each stage is. */
const RECOMMENDERS: Readonly<Record<RecommendPrivileges['stage'], string>> = {
  CRITERIA_CHECK: 'medical-staff-office', PSV_COMPLETE: 'medical-staff-office', DEPT_CHAIR: 'department-chair', CREDENTIALS_COMMITTEE: 'credentials-committee', MEC: 'medical-executive-committee',
};

const DEFINITIONS: { readonly [V in OwnVerb]: OwnVerbDefinition<Extract<OwnCommandBody, { readonly verb: V }>> } = {
  recordConsent: { roles: officeOrPractitioner, narrower: ({ practitioner }) => signersOf(practitioner), preconditions: consentPreconditions, execute: recordConsent },
  withdrawConsent: { roles: officeOrPractitioner, narrower: ({ practitioner }) => signersOf(practitioner), preconditions: withdrawalPreconditions, execute: withdrawConsent },
  collectVerification: { roles: office, preconditions: collectionPreconditions, execute: collectVerification },
  reviewVerification: { roles: office, preconditions: reviewPreconditions, execute: reviewVerification },
  openCredentialFile: { roles: office, preconditions: credentialFilePreconditions, execute: openCredentialFile },
  recordAttestation: { roles: office, preconditions: credentialFilePreconditions, execute: recordAttestation },
  assessCredentialFile: { roles: office, preconditions: credentialFilePreconditions, execute: assessCredentialFile },
  decideCredentialFile: {
    roles: deciders,
    narrower: ({ route }) => [route === 'COMMITTEE' ? 'credentials-committee' : 'medical-director'],
    preconditions: credentialFilePreconditions,
    execute: decideCredentialFile,
  },
  recordDecisionNotice: { roles: office, preconditions: credentialFilePreconditions, execute: recordDecisionNotice },
  recordFileAppeal: { roles: office, preconditions: credentialFilePreconditions, execute: recordFileAppeal },
  decideFileAppeal: { roles: committee, preconditions: credentialFilePreconditions, execute: decideFileAppeal },
  terminateCredentialFile: { roles: office, preconditions: credentialFilePreconditions, execute: terminateCredentialFile },
  recordDelegation: { roles: office, preconditions: delegationPreconditions, execute: recordDelegation },
  receiveRoster: { roles: office, preconditions: delegationPreconditions, execute: receiveRoster },
  acknowledgeRoster: { roles: office, preconditions: delegationPreconditions, execute: acknowledgeRoster },
  recordExclusionMatch: { roles: office, preconditions: exclusionPreconditions, execute: recordExclusionMatch },
  decideExclusionMatch: { roles: office, preconditions: exclusionPreconditions, execute: decideExclusionMatch },
  recordScreeningRun: { roles: office, preconditions: screeningPreconditions, execute: recordScreeningRun },
  requestPrivileges: { roles: staffOffice, preconditions: privilegingPreconditions, execute: requestPrivileges },
  recommendPrivileges: {
    roles: { hospital: Object.values(RECOMMENDERS) }, narrower: ({ stage }) => [RECOMMENDERS[stage]], preconditions: privilegingPreconditions, execute: recommendPrivileges,
  },
  decidePrivileges: { roles: { hospital: ['governing-body'] }, preconditions: privilegingPreconditions, execute: decidePrivileges },
  grantTemporaryPrivileges: { roles: { hospital: ['medical-director'] }, preconditions: privilegingPreconditions, execute: grantTemporaryPrivileges },
  grantByProxy: { roles: { hospital: ['governing-body'] }, preconditions: privilegingPreconditions, execute: grantByProxy },
  concludeReview: { roles: { hospital: ['medical-executive-committee', 'governing-body'] }, preconditions: privilegingPreconditions, execute: concludeReview },
  recordBylaws: { roles: { hospital: ['governing-body'] }, preconditions: bylawsPreconditions, execute: recordBylaws },
  recordFocusedEvaluation: { roles: { hospital: ['department-chair'] }, preconditions: privilegingPreconditions, execute: recordFocusedEvaluation },
  recordOngoingEvaluation: { roles: { hospital: ['department-chair'] }, preconditions: privilegingPreconditions, execute: recordOngoingEvaluation },
  confirmAuthority: { roles: { hospital: ['medical-staff-office', 'medical-director'] }, preconditions: privilegingPreconditions, execute: confirmAuthority },
  recordAdverseAction: { roles: { hospital: ['medical-director', 'medical-executive-committee'] }, preconditions: privilegingPreconditions, execute: recordAdverseAction },
  recordNpdbReport: { roles: staffOffice, preconditions: privilegingPreconditions, execute: recordNpdbReport },
};

/** Every verb of the credentials contract; whatever is not here is refused. */
export const OWN_VERBS = Object.keys(DEFINITIONS) as readonly OwnVerb[];

/** The roles of an organisation of that kind that may give this very command; undefined where none may. */
export function rolesFor(body: OwnCommandBody, kind: MemberKind): readonly string[] | undefined {
  const { roles, narrower } = definitionOf(body);
  const allowed = roles[kind];
  const narrowed = narrower?.(body);
  return narrowed === undefined ? allowed : allowed?.filter((role) => narrowed.includes(role));
}

/** What a command rests on, on the day of the transaction. */
export function ownPreconditionsOf(body: OwnCommandBody, today: PlainDate): OwnPreconditions {
  return definitionOf(body).preconditions(body, today);
}

/** Carries out a command whose preconditions hold. */
export function executeOwn({ body }: OwnCommand, execution: OwnExecution): OwnEffects {
  return definitionOf(body).execute(body, execution);
}

/** The verb names the definition for its own type, which TypeScript cannot follow through the table. */
function definitionOf(body: OwnCommandBody): OwnVerbDefinition<OwnCommandBody> {
  return DEFINITIONS[body.verb] as unknown as OwnVerbDefinition<OwnCommandBody>;
}
