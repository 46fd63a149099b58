import type { EobDocument } from '../adjudication/adjudication.js';
import { documentShape, joint } from '../documents/document.js';
import { flag, freeText, instant, integer, list, object, oneOf, optional, sha256Shape, text, where } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import { CLAIM_TYPES } from './claim.js';
import type {
  Admission, ClaimBody, ClaimContent, ClaimDocument, ClaimLine, ClaimPatient, ClaimProvider, ClaimSubscriber, ClaimType, Diagnosis, FiledAlone, InstitutionalFacts, InstitutionalProcedure,
  Occurrence, OpenClaim, OtherPayer, Procedure, Quantity, ReportedAdjustment, ReportedDecision, ReportedLine, SubmitterTrace,
} from './claim.js';

/** A claim with more lines than this is split by the standard itself. */
export const MOST_LINES: Readonly<Record<ClaimType, number>> = { P: 50, I: 999 };

/** Diagnoses that the standard has room for; an institution's: principal, admitting, 3 reasons, 12 causes, 24 others. */
export const MOST_DIAGNOSES: Readonly<Record<ClaimType, number>> = { P: 12, I: 41 };

/** Five groups with six reasons each (837 CAS). */
const MOST_ADJUSTMENTS = 30;

const short = freeText(0, 80);
const sex = oneOf(['F', 'M', 'U']);

const provider: Shape<ClaimProvider> = object<ClaimProvider>({
  entity: oneOf(['person', 'organisation']),
  npi: optional(short),
  name: optional(freeText(0, 200)),
  taxonomy: optional(short),
  taxId: optional(short),
  state: optional(short),
});

const subscriber: Shape<ClaimSubscriber> = object<ClaimSubscriber>({
  memberId: short,
  familyName: short,
  givenName: optional(short),
  birthDate: optional(short),
  sex: optional(sex),
  state: optional(short),
  groupNumber: optional(short),
  payerSequence: oneOf(['P', 'S', 'T', 'U']),
  filingIndicator: optional(short),
});

const patient: Shape<ClaimPatient> = object<ClaimPatient>({
  relationship: short,
  familyName: short,
  givenName: optional(short),
  birthDate: optional(short),
  sex: optional(sex),
  state: optional(short),
});

/** Reads a service and its modifiers. */
export const procedureShape: Shape<Procedure> = object<Procedure>({ qualifier: short, code: short, modifiers: list(short, 0, 4) });

/** Reads how much was done. */
export const quantityShape: Shape<Quantity> = object<Quantity>({ unit: short, thousandths: integer(0) });

const line: Shape<ClaimLine> = object<ClaimLine>({
  number: integer(1, MOST_LINES.I),
  controlNumber: optional(short),
  procedure: procedureShape,
  chargeMinor: integer(0),
  quantity: quantityShape,
  placeOfService: optional(short),
  diagnosisPointers: list(integer(0, 99), 0, 4),
  serviceFrom: short,
  serviceThru: short,
  rendering: optional(provider),
  ordering: optional(provider),
  emergency: optional(flag),
  priorAuthorisation: optional(short),
  drugCode: optional(short),
  revenueCode: optional(short),
  nonCoveredMinor: optional(integer(0)),
});

const reportedLine = object<ReportedLine>({
  number: integer(1, MOST_LINES.I),
  paidMinor: integer(0),
  adjustments: list(object<ReportedAdjustment>({ group: short, reason: short, amountMinor: integer(Number.MIN_SAFE_INTEGER) }), 0, MOST_ADJUSTMENTS),
});

const otherPayer = object<OtherPayer>({
  payerSequence: oneOf(['P', 'S', 'T', 'U']),
  name: optional(short),
  claimNumber: optional(short),
  reported: optional(object<ReportedDecision>({ decidedOn: short, lines: list(reportedLine, 1, MOST_LINES.I) })),
});

const institutional: Shape<InstitutionalFacts> = object<InstitutionalFacts>({
  facilityType: short,
  statementFrom: short,
  statementThru: short,
  admission: optional(object<Admission>({ date: optional(short), time: optional(short), type: optional(short), source: optional(short) })),
  dischargeTime: optional(short),
  patientStatus: optional(short),
  drg: optional(short),
  procedures: list(object<InstitutionalProcedure>({ qualifier: short, code: short, date: optional(short) }), 0, 25),
  conditions: list(short, 0, 24),
  occurrences: list(object<Occurrence>({ code: short, from: short, thru: optional(short) }), 0, 48),
  values: list(object({ code: short, amountMinor: integer(0) }), 0, 24),
  attending: optional(provider),
  operating: optional(provider),
  otherOperating: optional(provider),
});

const content: Shape<ClaimContent> = object<ClaimContent>({
  type: oneOf(CLAIM_TYPES),
  institutional: optional(institutional),
  frequency: short,
  patientControlNumber: short,
  originalReference: optional(short),
  currency: text(/^[A-Z]{3}$/),
  totalChargeMinor: integer(0),
  placeOfService: optional(short),
  acceptsAssignment: flag,
  benefitsAssigned: flag,
  priorAuthorisation: optional(short),
  referral: optional(short),
  accident: optional(object({ date: optional(short), kinds: list(short, 0, 3), state: optional(short) })),
  billing: provider,
  rendering: optional(provider),
  referring: optional(provider),
  serviceFacility: optional(provider),
  subscriber,
  patient: optional(patient),
  otherPayers: optional(list(otherPayer, 0, 10)),
  diagnoses: list(object<Diagnosis>({ qualifier: short, code: short, presentOnAdmission: optional(short) }), 0, MOST_DIAGNOSES.I),
  lines: where(list(line, 0, MOST_LINES.I), (lines) => lines.every(({ number }, index) => number === index + 1), 'INCONSISTENT'),
  trace: optional(object<SubmitterTrace>({
    interchangeControl: optional(short), groupControl: optional(short), transactionControl: optional(short), batchReference: optional(short), fileHash: optional(short),
  })),
});

/**
 * Reads a claim as submitted: its structure only. What it says is judged by the front-end checks, so that a wrong claim
 * is rejected with reasons and not refused with the whole command.
 */
export const claimContentShape: Shape<ClaimContent> = where(
  content,
  ({ type, institutional: facts, diagnoses, lines }) =>
    (type === 'I') === (facts !== undefined) && diagnoses.length <= MOST_DIAGNOSES[type] && lines.length <= MOST_LINES[type] && (type === 'I' || !lines.some(isOfInstitution)),
  'INCONSISTENT',
);

function isOfInstitution({ revenueCode, nonCoveredMinor }: ClaimLine): boolean {
  return revenueCode !== undefined || nonCoveredMinor !== undefined;
}

/** Reads a claim as it waits. What it says is not read again: the ledger proves that these bytes are the recorded ones. */
export const openClaimShape: Shape<OpenClaim> = (value) => value as OpenClaim;

/** Reads what earlier payers decided. They are not read here again: the ledger proves that these bytes are the recorded ones. */
const priorEobsShape: Shape<readonly EobDocument[]> = list((value) => value as EobDocument, 1, 10);

const filedAloneShape: Shape<FiledAlone> = object<FiledAlone>({ at: instant, tick: integer(0), lodged: object({ key: freeText(1, 120), hash: sha256Shape }) });

/** Reads a recorded claim. */
export const claimDocumentShape: Shape<ClaimDocument> = joint(
  documentShape('claim', object<ClaimBody>({ content: claimContentShape, clockTick: integer(0), priorEobs: optional(priorEobsShape), filed: optional(filedAloneShape) })),
);
