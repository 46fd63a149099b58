import type { CommandActor } from '../claims/command.js';
import { opaqueId, ownDocumentShape } from '../documents/document.js';
import type { OwnDocument } from '../documents/document.js';
import { licenceKeyShape, licenceTypeShape, jurisdictionShape, unitIdShape } from '../licences/licence-key.js';
import type { LicenceKey } from '../licences/licence-key.js';
import { NPDB_REPORT_DAYS } from '../privileging/npdb-clock.js';
import { canonicalBytes } from '../shared/canonical-json.js';
import type { PlainDate } from '../shared/dates.js';
import { addDays } from '../shared/dates.js';
import type { Npi, OpaqueId } from '../shared/ids.js';
import { freeText, list, npiShape, object, oneOf, optional, plainDate, text, variant } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';

/** Where an application stands. */
export const APPLICATION_STATES = ['FILED', 'UNDER_REVIEW', 'DENIED', 'WITHDRAWN', 'ISSUED'] as const;

export type ApplicationState = (typeof APPLICATION_STATES)[number];

/** On what somebody asks for a licence. */
export const APPLICATION_BASES = ['EXAMINATION', 'ENDORSEMENT', 'RECIPROCITY', 'COMPACT', 'OTHER'] as const;

/** Who asks: bound to a person by the board's own reference for that person, and by the NPI where there is one. */
export interface Applicant {
  readonly name: string;
  readonly reference: string;
  readonly npi?: Npi;
}

/** What is asked for. It has no licence number: that is given with the licence. */
export interface ApplicationFor {
  readonly jurisdiction: string;
  readonly board: string;
  readonly type: string;
  readonly basis: (typeof APPLICATION_BASES)[number];
  readonly applicant: Applicant;
}

/** An application for a licence: known to its board alone. */
export interface ApplicationBody extends ApplicationFor {
  readonly state: ApplicationState;
  /** The day on which it came to stand so, in the board's calendar; the document's other versions tell the days before. */
  readonly on: PlainDate;
  /** Why it was denied, withdrawn or taken up again. */
  readonly reason?: string;
  /** Denied: the board's codes for the grounds. */
  readonly basisCodes?: readonly string[];
  /** Issued: the licence that it became. */
  readonly licence?: LicenceKey;
}

export type ApplicationDocument = OwnDocument<'licence-application', ApplicationBody>;

/** An application came in, complete or not. */
export interface FileApplication {
  readonly verb: 'fileApplication';
  readonly applicationId: OpaqueId;
  readonly asked: ApplicationFor;
  readonly on: PlainDate;
}

/** What the board does with it next. */
export type ApplicationStep =
  | { readonly to: 'UNDER_REVIEW'; readonly on: PlainDate; readonly reason?: string }
  | { readonly to: 'DENIED'; readonly on: PlainDate; readonly reason: string; readonly basisCodes: readonly string[] }
  | { readonly to: 'WITHDRAWN'; readonly on: PlainDate; readonly reason?: string }
  | { readonly to: 'ISSUED'; readonly on: PlainDate; readonly licence: LicenceKey };

/** Takes a step with the newest version of an application. */
export interface StepApplication {
  readonly verb: 'stepApplication';
  readonly application: ApplicationDocument;
  readonly step: ApplicationStep;
}

/** As any private command: in the transient map, salted, its hash the transaction's one argument. */
export interface ApplicationCommand {
  readonly schema: 'application-command/v1';
  readonly commandId: OpaqueId;
  readonly salt: string;
  readonly actor: CommandActor;
  readonly body: FileApplication | StepApplication;
}

/** Names of the transactions of the contract of applications, a second contract of the registry's chaincode. */
export const APPLICATION_TRANSACTIONS = { keep: 'applications:keep', read: 'applications:read', list: 'applications:list' } as const;

const reason = freeText(1, 2000);
const codes = list(text(/^[A-Z0-9][A-Z0-9-]{0,23}$/), 1, 16);
const askedFields = {
  jurisdiction: jurisdictionShape, board: unitIdShape, type: licenceTypeShape, basis: oneOf(APPLICATION_BASES),
  applicant: object<Applicant>({ name: freeText(1, 200), reference: freeText(1, 100), npi: optional(npiShape) }),
};

/** Reads what is asked for. */
export const applicationForShape: Shape<ApplicationFor> = object<ApplicationFor>(askedFields);

/** Reads a recorded application. */
export const applicationShape: Shape<ApplicationDocument> = ownDocumentShape('licence-application', object<ApplicationBody>({
  ...askedFields, state: oneOf(APPLICATION_STATES), on: plainDate, reason: optional(reason), basisCodes: optional(codes), licence: optional(licenceKeyShape),
}));

type StepTo<S extends ApplicationStep['to']> = Extract<ApplicationStep, { readonly to: S }>;

/** Reads a step. */
export const applicationStepShape: Shape<ApplicationStep> = variant<ApplicationStep>('to', {
  UNDER_REVIEW: object<StepTo<'UNDER_REVIEW'>>({ to: oneOf(['UNDER_REVIEW']), on: plainDate, reason: optional(reason) }),
  DENIED: object<StepTo<'DENIED'>>({ to: oneOf(['DENIED']), on: plainDate, reason, basisCodes: codes }),
  WITHDRAWN: object<StepTo<'WITHDRAWN'>>({ to: oneOf(['WITHDRAWN']), on: plainDate, reason: optional(reason) }),
  ISSUED: object<StepTo<'ISSUED'>>({ to: oneOf(['ISSUED']), on: plainDate, licence: licenceKeyShape }),
});

/** Reads a command. */
export const applicationCommandShape: Shape<ApplicationCommand> = object<ApplicationCommand>({
  schema: oneOf(['application-command/v1']),
  commandId: opaqueId,
  salt: freeText(0, 128),
  actor: object<CommandActor>({ id: freeText(1, 200), role: freeText(1, 64) }),
  body: variant<ApplicationCommand['body']>('verb', {
    fileApplication: object<FileApplication>({ verb: oneOf(['fileApplication']), applicationId: opaqueId, asked: applicationForShape, on: plainDate }),
    stepApplication: object<StepApplication>({ verb: oneOf(['stepApplication']), application: applicationShape, step: applicationStepShape }),
  }),
});

/** The bytes that go into the transient map. */
export function encodeApplicationCommand(command: ApplicationCommand): Uint8Array {
  return canonicalBytes(command);
}

/** A denial is reported to the National Practitioner Data Bank within 30 days (45 CFR 60.5 and 60.9). Undefined for what was not denied. */
export function denialReportDueOn({ state, on }: Pick<ApplicationBody, 'state' | 'on'>): PlainDate | undefined {
  return state === 'DENIED' ? addDays(on, NPDB_REPORT_DAYS) : undefined;
}
