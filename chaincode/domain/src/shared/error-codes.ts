/**
 * How an error is answered over HTTP: invalid 400, unauthenticated 401, forbidden 403, not-found 404, conflict 409,
 * stale-version 412, rule-violation 422, ledger-conflict and ledger-unavailable 503, too-many 429, outcome-unknown 202, ledger-fault 500.
 */
export type ErrorCategory =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'stale-version'
  | 'rule-violation'
  | 'ledger-conflict'
  | 'ledger-unavailable'
  | 'outcome-unknown'
  | 'too-many'
  | 'ledger-fault';

interface ErrorDefinition {
  readonly category: ErrorCategory;
  /** One fixed sentence: parameters travel in `details`, so that no message can ever carry what a caller sent. */
  readonly message: string;
}

/** Every error code of the project with its category and sentence; a code without either does not compile. */
export const ERROR_DEFINITIONS = {
  // Any request
  INVALID_INPUT: { category: 'invalid', message: 'The request is not well formed; see the issues.' },
  UNKNOWN_COMMAND: { category: 'invalid', message: 'There is no such command.' },
  UNAUTHENTICATED: { category: 'unauthenticated', message: 'The caller is not known.' },
  IDEMPOTENCY_KEY_REQUIRED: { category: 'invalid', message: 'A write needs an Idempotency-Key.' },
  IDEMPOTENCY_KEY_REUSED: { category: 'conflict', message: 'This Idempotency-Key was used for another request.' },
  IDEMPOTENT_REQUEST_RUNNING: { category: 'conflict', message: 'A request with this Idempotency-Key is still running.' },
  ROUTE_NOT_FOUND: { category: 'not-found', message: 'There is nothing at this address.' },

  // Who may do what
  FORBIDDEN: { category: 'forbidden', message: 'The caller may not do this.' },
  FORBIDDEN_ORGANISATION: { category: 'forbidden', message: 'The caller’s organisation may not do this.' },
  FORBIDDEN_ROLE: { category: 'forbidden', message: 'The caller’s role may not do this.' },
  FORBIDDEN_UNIT: { category: 'forbidden', message: 'The caller’s certificate is bound to another unit.' },
  NO_ROLE: { category: 'forbidden', message: 'The caller’s certificate names no role.' },
  ROLE_MISMATCH: { category: 'forbidden', message: 'The command names another role than the caller’s certificate.' },
  NOT_A_MEMBER: { category: 'forbidden', message: 'The caller’s organisation is not a member of the consortium.' },
  MEMBER_NOT_ACTIVE: { category: 'forbidden', message: 'The caller’s organisation is suspended or has left.' },

  // Ledger
  LEDGER_CONFLICT: { category: 'ledger-conflict', message: 'Another transaction changed the same records first; try again.' },
  LEDGER_UNAVAILABLE: { category: 'ledger-unavailable', message: 'The ledger does not answer; try again.' },
  OUTCOME_UNKNOWN: { category: 'outcome-unknown', message: 'The transaction was sent and its outcome is not known yet.' },
  LEDGER_FAULT: { category: 'ledger-fault', message: 'The ledger refused or failed unexpectedly.' },
  UNEXPECTED_FAULT: { category: 'ledger-fault', message: 'An unexpected fault occurred.' },
  STALE_VERSION: { category: 'stale-version', message: 'The record has changed since the version that the request names.' },
  UNKNOWN_SCHEMA: { category: 'ledger-fault', message: 'A stored record has a schema that this version does not know.' },

  // Members
  ALREADY_INITIALISED: { category: 'conflict', message: 'The registry has been initialised already.' },
  NOT_INITIALISED: { category: 'rule-violation', message: 'The registry has not been initialised.' },
  MEMBER_NOT_FOUND: { category: 'not-found', message: 'There is no such member.' },
  MEMBER_ALREADY_REGISTERED: { category: 'conflict', message: 'The organisation is a member already, with other particulars.' },
  UNIT_NOT_FOUND: { category: 'not-found', message: 'The member has no such unit.' },
  UNIT_IN_USE: { category: 'conflict', message: 'A unit cannot be removed; close it instead.' },
  UNIT_ID_TAKEN: { category: 'conflict', message: 'Another member has a unit with this id.' },
  UNIT_KIND_NOT_OF_MEMBER: { category: 'rule-violation', message: 'This kind of member has no units of this kind.' },
  LAST_MEMBER_ADMIN: { category: 'rule-violation', message: 'The consortium office itself must stay an active member.' },

  // Providers
  PROVIDER_NOT_FOUND: { category: 'not-found', message: 'There is no such provider.' },
  PROVIDER_ALREADY_REGISTERED: { category: 'conflict', message: 'The provider is registered already, with other particulars.' },
  LINK_NOT_FOUND: { category: 'not-found', message: 'There is no link between this provider and this licence.' },
  LINK_NOT_OPEN: { category: 'rule-violation', message: 'The link is not in a state that allows this.' },
  TOO_MANY_LINKS: { category: 'rule-violation', message: 'The provider has more links, or the link more events, than one record holds.' },
  IDENTITY_NOT_FOUND: { category: 'not-found', message: 'Nobody has proposed this about the provider.' },
  IDENTITY_NOT_OPEN: { category: 'rule-violation', message: 'What was said about the provider is not in a state that allows this.' },
  IDENTITY_NEEDS_ANOTHER: { category: 'rule-violation', message: 'Another organisation than the one that proposed or disputed it has to agree.' },
  TOO_MANY_IDENTITIES: { category: 'rule-violation', message: 'More is said about the provider, or more numbers are of one person, than a record holds.' },
  LINK_CONFIRMER_IS_PROPOSER: { category: 'rule-violation', message: 'The organisation that proposed a link cannot confirm it.' },

  // Licences
  LICENCE_NOT_FOUND: { category: 'not-found', message: 'There is no such licence.' },
  LICENCE_ALREADY_ISSUED: { category: 'conflict', message: 'The licence has been issued already, with other particulars.' },
  LICENCE_NOT_OF_BATCH: { category: 'rule-violation', message: 'The licence did not come with this import.' },
  LICENCE_CHANGED_SINCE: { category: 'rule-violation', message: 'Something has happened to the licence since its import.' },
  LICENCE_TYPE_NOT_OF_BOARD: { category: 'forbidden', message: 'The board has no open unit that issues this type of licence in this jurisdiction.' },
  LICENCE_NOT_IN_FORCE: { category: 'rule-violation', message: 'The licence’s lifecycle does not allow this action.' },
  LICENCE_NOT_SUSPENDED: { category: 'rule-violation', message: 'There is no open suspension to end.' },
  APPLICATION_STATE: { category: 'rule-violation', message: 'The application’s state does not allow this step.' },
  RENEWAL_NOT_PENDING: { category: 'rule-violation', message: 'No application for renewal waits for a decision.' },
  REINSTATEMENT_NOT_OPEN: { category: 'rule-violation', message: 'By its order the licence cannot be asked for again yet, or ever.' },
  COMPACT_PRINCIPAL: { category: 'rule-violation', message: 'This licence cannot be the principal one under this compact.' },
  COMPACT_GROUP_FULL: { category: 'rule-violation', message: 'The principal licence has more members than one record holds.' },
  LICENCE_EVENT_ALREADY_RECORDED: { category: 'conflict', message: 'An event with this id is recorded already, with other particulars.' },
  LICENCE_EVENT_TARGET: { category: 'rule-violation', message: 'A step of the order cannot be about the event that it names.' },
  LICENCE_EVENT_STRUCK: { category: 'rule-violation', message: 'The event that a step of the order names is void or sealed.' },
  EFFECTIVE_DATE_OUT_OF_BOUNDS: { category: 'rule-violation', message: 'A date of the order lies outside what is possible.' },
  TWO_PERSONS_NEEDED: { category: 'forbidden', message: 'The order needs the signatures of a proposer and of a member of the board.' },
  SIGNER_UNKNOWN: { category: 'forbidden', message: 'A signer’s certificate has not been introduced for this use.' },
  SIGNER_WITHDRAWN: { category: 'forbidden', message: 'A signer’s certificate has been withdrawn.' },
  SIGNER_EXPIRED: { category: 'forbidden', message: 'A signer’s certificate has expired.' },
  SIGNER_ROLE: { category: 'forbidden', message: 'The approver is no member of the board.' },
  SIGNER_TWICE: { category: 'forbidden', message: 'Proposer and approver are the same person.' },
  SIGNER_NOT_SUBMITTER: { category: 'forbidden', message: 'Whoever submits an order of two persons is one of them.' },
  SIGNATURE_INVALID: { category: 'forbidden', message: 'A signature is not that of its signer over these very bytes on this channel.' },
  CERTIFICATE_UNREADABLE: { category: 'invalid', message: 'What should be a certificate is none.' },
  CERTIFICATE_NOT_OF_AUTHORITY: { category: 'forbidden', message: 'The certificate was not issued by the authority of the own organisation.' },
  CERTIFICATE_NOT_OF_PRACTITIONER: { category: 'forbidden', message: 'The certificate does not name a practitioner with this NPI.' },
  PRACTITIONER_NOT_LICENSED: { category: 'forbidden', message: 'The board has not said that this NPI holds one of its licences.' },
  ORDER_DOCUMENT_DIFFERS: { category: 'rule-violation', message: 'The document is not the one whose hash the order names.' },
  ORDER_DOCUMENT_NOT_FOUND: { category: 'not-found', message: 'The board keeps no document of this order.' },
  ORDER_DRAFT_NOT_FOUND: { category: 'not-found', message: 'There is no such draft of an order.' },
  ORDER_DRAFT_DECIDED: { category: 'conflict', message: 'The draft waits no more.' },
  IMPORT_BATCH_NOT_FOUND: { category: 'not-found', message: 'The board has no such import.' },
  BOARD_NOT_OF_ORGANISATION: { category: 'not-found', message: 'The organisation has no such board.' },
  BOARD_RUN_NOT_FOUND: { category: 'not-found', message: 'There is no such run.' },
  NPDB_REPORT_NOT_DUE: { category: 'rule-violation', message: 'The event is no action that is to be reported.' },
  TOO_MANY_REQUESTS: { category: 'too-many', message: 'Too many requests; try again later.' },
  SOURCE_REPORT_OUT_OF_BOUNDS: { category: 'rule-violation', message: 'A board reports up to a time that is neither ahead nor before its last report.' },
  LICENCE_RECORD_FAULTY: { category: 'ledger-fault', message: 'The licence’s recorded events do not tell a possible story.' },
  RECORDED_TIME_DECREASES: { category: 'rule-violation', message: 'The transaction’s time lies before the licence’s last recorded event.' },

  // Attestations
  ISSUER_KEY_NOT_FOUND: { category: 'not-found', message: 'The organisation has introduced no such key for attestations.' },
  ISSUER_KEY_REVOKED: { category: 'rule-violation', message: 'The key for attestations has been revoked.' },
  ISSUER_KEY_ALREADY_INTRODUCED: { category: 'conflict', message: 'The key for attestations has been introduced under another identifier.' },
  REVOCATION_OUT_OF_BOUNDS: { category: 'rule-violation', message: 'A key is revoked from a time between its introduction and now, and never later than before.' },
  NOTHING_TO_ATTEST: { category: 'rule-violation', message: 'The licence gives no authority that could be attested.' },
  ATTESTATIONS_NOT_SET_UP: { category: 'not-found', message: 'This gateway has no public address under which an attestation could be checked.' },

  // Clock
  CLOCK_NOT_MONOTONE: { category: 'rule-violation', message: 'The clock can only move forward.' },
  CLOCK_OUT_OF_BOUNDS: { category: 'rule-violation', message: 'The proposed time is too far from the transaction’s time.' },
  CLOCK_NOT_SET: { category: 'rule-violation', message: 'The clock has not been set yet.' },

  // Private documents and claims
  INVALID_DOCUMENT_KEY: { category: 'invalid', message: 'This is not the key of a document.' },
  COMMAND_MISSING: { category: 'invalid', message: 'The transient map carries no command.' },
  COMMAND_HASH_MISMATCH: { category: 'invalid', message: 'The command is not the one that the argument names.' },
  COMMAND_NOT_CANONICAL: { category: 'invalid', message: 'The command is not canonical JSON.' },
  SALT_TOO_SHORT: { category: 'invalid', message: 'A command needs a hexadecimal salt of at least 16 bytes.' },
  MIXED_PARTIES: { category: 'invalid', message: 'One command concerns exactly one insurer and one hospital.' },
  WRONG_PARTIES: { category: 'invalid', message: 'The parties are not the insurer and hospital that this command needs.' },
  ALREADY_RECORDED: { category: 'conflict', message: 'This very command has been carried out already; read its receipt.' },
  COMMAND_ID_REUSED: { category: 'conflict', message: 'Another command with this id has been carried out.' },
  DOCUMENT_NOT_FOUND: { category: 'not-found', message: 'There is no such document.' },
  DOCUMENT_EXISTS: { category: 'conflict', message: 'This version of the document is recorded already.' },
  DOCUMENT_MISMATCH: { category: 'conflict', message: 'A document of the command is not the recorded one.' },
  DOCUMENT_ONE_SIDED: { category: 'conflict', message: 'The two parties hold different copies of a document, which is therefore void.' },
  PROOF_INVALID: { category: 'rule-violation', message: 'An entry is not proved to belong to the recorded set.' },
  INPUT_MISSING: { category: 'invalid', message: 'The command lacks a document that the decision needs.' },
  INPUT_MISMATCH: { category: 'rule-violation', message: 'A document of the command does not concern this claim.' },
  CLAIM_STILL_OPEN: { category: 'conflict', message: 'The claim still waits for a decision.' },
  DOCUMENT_ERASED: { category: 'not-found', message: 'Both parties agreed to erase the document, and it was erased.' },
  ERASURE_NOT_OPEN: { category: 'conflict', message: 'The erasure is not at this step.' },
  SAME_PARTY: { category: 'forbidden', message: 'The other party has to agree, not the one that proposed.' },
  CLAIM_NOT_OPEN: { category: 'conflict', message: 'The claim does not wait for a decision.' },
  CLAIM_ALREADY_PAID: { category: 'conflict', message: 'The adjudication has been paid by a remittance already.' },
  ADJUDICATION_REVERSED: { category: 'conflict', message: 'The adjudication has been taken back.' },
  SAME_PERSON: { category: 'rule-violation', message: 'This needs a second person.' },
  APPEAL_LATE: { category: 'rule-violation', message: 'The time to ask for this level of appeal is over.' },
  APPEAL_NOT_OPEN: { category: 'rule-violation', message: 'The appeal is not at a step that allows this.' },
  AUTHORISATION_NOT_OPEN: { category: 'rule-violation', message: 'The authorisation is not at a step that allows this.' },
  PEND_NOT_OPEN: { category: 'rule-violation', message: 'The held claim is not at a step that allows this.' },
  PAYMENT_CONFIRMED: { category: 'conflict', message: 'The payment has its trace number already.' },
  CORRECTION_INCOMPLETE: { category: 'rule-violation', message: 'A reversal and the decision that corrects it stand in one remittance.' },
  RECOVERY_NOT_POSSIBLE: { category: 'rule-violation', message: 'The amount is not owed, or cannot be withheld now.' },
  REMITTANCE_OUT_OF_BALANCE: { category: 'rule-violation', message: 'The remittance does not balance.' },
  UNKNOWN_RULE: { category: 'ledger-fault', message: 'An adjudication names a rule version that this build does not have.' },
  MANDATE_DOES_NOT_COVER: { category: 'forbidden', message: 'The mandate does not cover this.' },
  NOTICE_NOT_DUE: { category: 'rule-violation', message: 'Nothing of the claim is denied.' },
  POSTING_REVERSED: { category: 'conflict', message: 'The posting has been taken back already.' },
  IMPORT_COMPLETE: { category: 'conflict', message: 'The import is complete.' },
  TOO_EARLY_ALONE: { category: 'rule-violation', message: 'A party waits longer for the other one before it writes alone.' },
  ATTEMPT_LAPSED: { category: 'rule-violation', message: 'The attempt lies too far back; it has to be made again.' },
  ALONE_NOT_POSSIBLE: { category: 'rule-violation', message: 'A person has to look at the claim first; it cannot be decided alone.' },
  DECIDED_ALONE: { category: 'conflict', message: 'The insurer decided the claim alone; that is countersigned or withdrawn first.' },
  DECISION_SETTLED: { category: 'conflict', message: 'The decision made alone has been countersigned or withdrawn.' },
  LODGEMENT_SETTLED: { category: 'conflict', message: 'The lodged claim has been countersigned or rejected.' },
  COUNTERSIGNING_DIFFERS: { category: 'rule-violation', message: 'Computed again, the decision comes out otherwise.' },
  DISPUTE_OPEN: { category: 'conflict', message: 'Another dispute about the claim is open.' },
  DISPUTE_SETTLED: { category: 'conflict', message: 'The dispute has been settled.' },
  REVIEW_NOT_OPEN: { category: 'rule-violation', message: 'The claim is not proposed for review in this list, or decided there already.' },
  ELIGIBILITY_ANSWERED: { category: 'conflict', message: 'The inquiry has been answered already.' },
  COVERAGE_NOT_IN_FORCE: { category: 'rule-violation', message: 'The person was not insured then.' },
  NOT_HEALABLE: { category: 'conflict', message: 'The bytes are not those of the other party’s copy.' },

  // Credentialing
  CONSENT_MISSING: { category: 'rule-violation', message: 'The practitioner’s consent does not cover this, or is withdrawn.' },
  VERIFICATION_REVIEWED: { category: 'conflict', message: 'The verification has been reviewed already.' },
  VERIFICATION_NOT_USABLE: { category: 'rule-violation', message: 'A verification does not carry this decision.' },
  FILE_NOT_AT_STEP: { category: 'rule-violation', message: 'The credential file is not at a step that allows this.' },
  FILE_NOT_COMPLETE: { category: 'rule-violation', message: 'Required verifications are missing, aged out or not accepted on the day of the decision.' },
  FILE_NOT_CLEAN: { category: 'rule-violation', message: 'Only a file without findings can be approved without the committee.' },
  INITIAL_FILE_NEEDED: { category: 'rule-violation', message: 'The last decision lies too far back; a full initial file is needed.' },
  ROSTER_ROW_NOT_FOUND: { category: 'not-found', message: 'The roster has no such row.' },
  DELEGATION_NOT_IN_FORCE: { category: 'rule-violation', message: 'The delegation does not cover this day or function.' },
  PRIVILEGES_NOT_AT_STEP: { category: 'rule-violation', message: 'The privileges are not at a step that allows this.' },
  PRIVILEGE_NOT_FOUND: { category: 'not-found', message: 'There is no such privilege.' },
  PERIOD_TOO_LONG: { category: 'rule-violation', message: 'The period is longer than the rules allow.' },
  LICENCE_AUTHORITY_NEEDED: { category: 'rule-violation', message: 'The registry does not answer that the clinician may practise.' },
  EXCLUSION_SNAPSHOT_DIFFERS: { category: 'conflict', message: 'Another organisation counted other rows in the same file.' },
  EXCLUSION_SNAPSHOT_MISSING: { category: 'rule-violation', message: 'A file of the exclusion list is not recorded in the registry with this hash.' },
  EXCLUSION_FILE_NOT_FOUND: { category: 'not-found', message: 'There is no such exclusion file.' },
  EXCLUSION_FILE_INVALID: { category: 'rule-violation', message: 'The exclusion file has rows that cannot be read; nothing of it counts.' },
  EXCLUSION_FILE_OUT_OF_ORDER: { category: 'rule-violation', message: 'A file of a later month has been loaded; files are taken in order of their months.' },
  EXCLUSION_FILE_LOADING: { category: 'conflict', message: 'An exclusion file is being loaded.' },
  EXCLUSION_LIST_EMPTY: { category: 'rule-violation', message: 'No file of this exclusion list has been loaded.' },
  NOBODY_TO_SCREEN: { category: 'rule-violation', message: 'The organisation has named no clinicians to screen.' },
  CLINICIAN_NOT_FOUND: { category: 'not-found', message: 'There is no such clinician on the list.' },
  SUBSCRIBER_NOT_FOUND: { category: 'not-found', message: 'There is no such subscriber.' },
  WEBHOOK_MISSING: { category: 'rule-violation', message: 'The subscriber has no webhook; it reads its feed.' },
  SCREENING_DECIDED: { category: 'conflict', message: 'The match has been decided, and neither record has changed since.' },
  FOREIGN_PEER: { category: 'forbidden', message: 'Private documents are read at the caller’s own peer only.' },
  PUBLIC_WRITE_REFUSED: { category: 'ledger-fault', message: 'The claims chaincode has no public keys.' },
} as const satisfies Record<string, ErrorDefinition>;

/** A stable, machine-readable name of what went wrong. */
export type ErrorCode = keyof typeof ERROR_DEFINITIONS;

/** What can be wrong with one field of an input, with its sentence. */
export const ISSUE_DEFINITIONS = {
  REQUIRED: 'is required',
  UNKNOWN_FIELD: 'is not a known field',
  NOT_JSON: 'is not valid JSON',
  NOT_AN_OBJECT: 'must be an object',
  NOT_A_LIST: 'must be a list',
  NOT_A_STRING: 'must be text',
  NOT_A_BOOLEAN: 'must be true or false',
  NOT_AN_INTEGER: 'must be a whole number',
  NOT_A_DATE: 'must be a calendar date, YYYY-MM-DD',
  NOT_AN_INSTANT: 'must be a UTC instant, YYYY-MM-DDTHH:MM:SS.mmmZ',
  NOT_ALLOWED: 'is not one of the allowed values',
  WRONG_FORMAT: 'does not have the required format',
  CHECK_DIGIT: 'has a wrong check digit',
  TOO_SHORT: 'is too short',
  TOO_LONG: 'is too long',
  TOO_SMALL: 'is too small',
  TOO_LARGE: 'is too large',
  TOO_FEW: 'has too few entries',
  TOO_MANY: 'has too many entries',
  DUPLICATE: 'occurs more than once',
  INCONSISTENT: 'contradicts another field',
} as const satisfies Record<string, string>;

/** A stable, machine-readable name of what is wrong with one field. */
export type IssueCode = keyof typeof ISSUE_DEFINITIONS;
