import type { CommandBody, Verb } from '../claims/command.js';
import { recorded } from '../coverage/record-statements.js';
import { opaqueId, ownDocumentShape } from '../documents/document.js';
import type { JointParties, OwnDocument } from '../documents/document.js';
import { newDocument } from '../documents/execution.js';
import type { Effects, Execution } from '../documents/execution.js';
import { covers, dateOfInstant } from '../shared/dates.js';
import type { Instant, PlainDate } from '../shared/dates.js';
import { DomainError } from '../shared/errors.js';
import type { OpaqueId } from '../shared/ids.js';
import { flag, freeText, integer, list, object, oneOf, optional, plainDate, text, where } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';

/** Who acts: a billing service, a third-party administrator. It is no member; its people use its principal's gateway. */
export interface Agent {
  readonly name: string;
  readonly taxId?: string;
}

/** What a principal lets an agent do in its name. A change or an early end is a new version. */
export interface MandateBody {
  readonly agent: Agent;
  /** The agent's people, as the principal's identity provider names them (the token's subject). */
  readonly people: readonly string[];
  /** Verbs of commands. */
  readonly functions: readonly string[];
  /** Tax ids of the billers for whom; empty: every one. */
  readonly units: readonly string[];
  readonly from: PlainDate;
  readonly thru?: PlainDate;
  readonly revoked: boolean;
}

/** A recorded mandate, the principal's own, chained. */
export type MandateDocument = OwnDocument<'mandate', MandateBody>;

/** Insurer: plan-admin; hospital: biller. Records the principal's mandates. */
export interface RecordMandates {
  readonly verb: 'recordMandates';
  readonly items: readonly { readonly id: OpaqueId; readonly version: number; readonly body: MandateBody }[];
}

/** Reads a mandate. */
export const mandateShape: Shape<MandateBody> = where(object<MandateBody>({
  agent: object<Agent>({ name: freeText(1, 120), taxId: optional(text(/^\d{9}$/)) }),
  people: list(freeText(1, 200), 1, 1000),
  functions: list(text(/^[a-z][A-Za-z]{2,39}$/), 1, 50),
  units: list(text(/^\d{9}$/), 0, 500),
  from: plainDate,
  thru: optional(plainDate),
  revoked: flag,
}), ({ from, thru }) => thru === undefined || thru >= from, 'INCONSISTENT');

/** Reads a recorded mandate. */
export const mandateDocumentShape: Shape<MandateDocument> = ownDocumentShape('mandate', mandateShape);

/** Reads mandates to record. */
export const recordMandatesShape: Shape<RecordMandates> = object<RecordMandates>({
  verb: oneOf(['recordMandates']),
  items: list(object<RecordMandates['items'][number]>({ id: opaqueId, version: integer(1), body: mandateShape }), 1, 100),
});

/** Records mandates of the organisation whose person gives the command. */
export function recordMandates({ items }: RecordMandates, parties: JointParties, execution: Execution): Effects {
  return recorded(items.map((item) => newDocument(execution, 'mandate', item, { ownerMsp: execution.actor.mspId }, item.body)));
}

/** What an agent may never do: give itself more. */
const NEVER: readonly Verb[] = ['recordMandates'];

/**
 * Refuses what a mandate does not cover: a command of another principal, a person who is not the agent's, a verb that it does
 * not name, a day outside it, a biller that is not among its units. Throws MANDATE_DOES_NOT_COVER.
 */
export function assertMandated({ body: mandate, parties }: MandateDocument, command: { readonly body: CommandBody; readonly actorId: string; readonly principalMsp: string; readonly now: Instant }): void {
  const { body, actorId, principalMsp, now } = command;
  const isOfPrincipal = parties.ownerMsp === principalMsp && mandate.people.includes(actorId);
  const isInForce = !mandate.revoked && covers(mandate, dateOfInstant(now, 0));
  const isNamed = mandate.functions.includes(body.verb) && !NEVER.includes(body.verb);
  if (!isOfPrincipal || !isInForce || !isNamed || !coversBillers(mandate.units, body)) throw new DomainError('MANDATE_DOES_NOT_COVER');
}

/** Where units are named, every biller has to be seen and to be among them. */
function coversBillers(units: readonly string[], body: CommandBody): boolean {
  if (units.length === 0) return true;
  const billers = billersOf(body);
  return billers.length > 0 && billers.every((taxId) => units.includes(taxId));
}

function billersOf(body: CommandBody): readonly string[] {
  switch (body.verb) {
    case 'submitClaims':
    case 'attemptSubmission':
    case 'lodgeClaims':
      return body.items.map(({ claim }) => claim.billing.taxId ?? '');
    case 'adjudicateClaims':
      return body.items.map(({ claim }) => claim.body.content.billing.taxId ?? '');
    case 'requestInformation':
    case 'answerRequest':
    case 'releasePend':
      return [body.claim.body.content.billing.taxId ?? ''];
    default:
      return [];
  }
}
