import { documentShape, joint } from '../documents/document.js';
import type { JointParties, PrivateDocument } from '../documents/document.js';
import type { Instant, PlainDate } from '../shared/dates.js';
import { instantOf, millisecondsOf } from '../shared/dates.js';
import type { Npi, OpaqueId } from '../shared/ids.js';
import { flag, freeText, instant, integer, list, npiShape, object, oneOf, optional, plainDate, text } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';

/** Whose clock runs: CMS-0057-F binds Medicare Advantage, Medicaid and CHIP; ERISA other plans of employers (29 CFR 2560.503-1). */
export const AUTHORISATION_CLOCKS = ['cms', 'erisa'] as const;

/** Where a request stands. */
export const AUTHORISATION_STATES = ['REQUESTED', 'APPROVED', 'DENIED', 'CANCELLED'] as const;

/** Hours in which a request is to be decided: 72 where it is urgent, else 7 or 15 days. */
const HOURS: Readonly<Record<(typeof AUTHORISATION_CLOCKS)[number], { readonly urgent: number; readonly standard: number }>> = {
  cms: { urgent: 72, standard: 7 * 24 },
  erisa: { urgent: 72, standard: 15 * 24 },
};

/** Services that a hospital asks to have approved before they are done. */
export interface AuthorisationRequest {
  /** As `personKey` makes it of a claim. */
  readonly personKey: string;
  /** Who may do the services; empty: whoever. */
  readonly providerNpis: readonly Npi[];
  readonly codes: readonly string[];
  readonly from: PlainDate;
  readonly thru: PlainDate;
  readonly units: number;
  readonly urgent: boolean;
  readonly clock: (typeof AUTHORISATION_CLOCKS)[number];
}

/** What a decided claim used, by its adjudication. */
export interface AuthorisationUse {
  readonly adjudication: string;
  readonly units: number;
}

/** A prior authorisation: what was asked, by when it is to be decided, what was approved and what is used of it. */
export interface AuthorisationBody {
  readonly request: AuthorisationRequest;
  readonly state: (typeof AUTHORISATION_STATES)[number];
  readonly dueAt: Instant;
  readonly decidedAt?: Instant;
  /** The decision came after its time. */
  readonly late?: boolean;
  /** APPROVED: fewer than asked is a partial approval. */
  readonly unitsApproved: number;
  /** DENIED, or fewer units: the specific reason, which CMS-0057-F demands. */
  readonly reason?: string;
  readonly uses: readonly AuthorisationUse[];
}

/** A recorded authorisation, joint and chained; its id is the number that claims name (REF*G1). */
export type AuthorisationDocument = PrivateDocument<'authorisation', AuthorisationBody> & { readonly parties: JointParties };

/** An authorisation as the rules look at it. */
export interface AuthorisationFact {
  readonly authorisationId: OpaqueId;
  readonly version: number;
  readonly status: AuthorisationBody['state'];
  readonly memberPerson: string;
  readonly providerNpis: readonly Npi[];
  readonly codes: readonly string[];
  readonly from: PlainDate;
  readonly thru: PlainDate;
  readonly unitsApproved: number;
  /** Before the claim that is decided. */
  readonly unitsUsed: number;
}

/** Reads a request. */
export const authorisationRequestShape: Shape<AuthorisationRequest> = object<AuthorisationRequest>({
  personKey: freeText(1, 260),
  providerNpis: list(npiShape, 0, 20),
  codes: list(text(/^[A-Z0-9]{1,20}$/), 1, 50),
  from: plainDate,
  thru: plainDate,
  units: integer(1, 100_000),
  urgent: flag,
  clock: oneOf(AUTHORISATION_CLOCKS),
});

/** Reads a recorded authorisation. */
export const authorisationDocumentShape: Shape<AuthorisationDocument> = joint(documentShape('authorisation', object<AuthorisationBody>({
  request: authorisationRequestShape,
  state: oneOf(AUTHORISATION_STATES),
  dueAt: instant,
  decidedAt: optional(instant),
  late: optional(flag),
  unitsApproved: integer(0),
  reason: optional(freeText(1, 2000)),
  uses: list(object<AuthorisationUse>({ adjudication: freeText(1, 120), units: integer(1) })),
})));

/** By when a request is to be decided. */
export function decisionDueAt({ urgent, clock }: Pick<AuthorisationRequest, 'urgent' | 'clock'>, requestedAt: Instant): Instant {
  const hours = HOURS[clock][urgent ? 'urgent' : 'standard'];
  return instantOf(millisecondsOf(requestedAt) + hours * 3_600_000);
}

/** Units used by claims whose decisions stand. */
export function unitsUsed({ uses }: Pick<AuthorisationBody, 'uses'>): number {
  return uses.reduce((sum, { units }) => sum + units, 0);
}

/** An authorisation as the rules look at it. */
export function authorisationFact({ id, version, body }: AuthorisationDocument): AuthorisationFact {
  const { personKey, providerNpis, codes, from, thru } = body.request;
  return {
    authorisationId: id, version, status: body.state, memberPerson: personKey, providerNpis, codes, from, thru, unitsApproved: body.unitsApproved, unitsUsed: unitsUsed(body),
  };
}
