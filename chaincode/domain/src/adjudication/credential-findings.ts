import type { ClaimDocument } from '../claims/claim.js';
import type { CompactRuleId } from '../compacts/derived-effect.js';
import { distinctLicences, licenceEventId, licenceId } from '../licences/licence-key.js';
import type { LicenceId, LicenceKey } from '../licences/licence-key.js';
import type { BoardAction, LicenceEvent } from '../licences/licence-event.js';
import type { LicencePeriod, ProviderStanding } from '../licences/standing-query.js';
import type { Lifecycle } from '../licences/standing.js';
import type { Instant, PlainDate } from '../shared/dates.js';
import type { Npi } from '../shared/ids.js';
import { present } from '../shared/present.js';
import type { AdjudicationDocument, StandingFact } from './adjudication.js';
import { standingOf } from './edits/credential.js';
import { questionOf } from './standings.js';

/** An entry in a licence's record that a denial rests on. An order's narrative stays with the board. */
export interface FoundEvent {
  readonly sequence: number;
  readonly action?: BoardAction['type'];
  readonly orderNumber?: string;
  readonly decidedOn?: PlainDate;
  readonly effectiveFrom?: PlainDate;
  /** The last day of a fixed term, or of the licence's validity. */
  readonly effectiveThru?: PlainDate;
  readonly recordedAt: Instant;
}

/** An entry in another licence's record from which a denial follows by a compact. */
export interface FoundCause {
  readonly rule: CompactRuleId;
  readonly licence: LicenceKey;
  /** None where that licence is not on the ledger, or the entry was sealed since. */
  readonly events: readonly FoundEvent[];
}

/** A licence that gave no authority on these days of a denied service, as it was known when the claim was decided. */
export interface LicenceFinding {
  readonly line: number;
  readonly npi: Npi;
  /** With it the board: `licence.board`. */
  readonly licence: LicenceKey;
  readonly from: PlainDate;
  readonly thru: PlainDate;
  readonly lifecycle: Lifecycle;
  readonly events: readonly FoundEvent[];
  readonly causes?: readonly FoundCause[];
}

/** The standings of the lines that were denied because whoever rendered them was not licensed (CO-B7 by the credential edit). */
export function deniedStandings({ body: { content } }: ClaimDocument, { body: { facts, rulesFired } }: AdjudicationDocument): readonly { readonly line: number; readonly standing: StandingFact }[] {
  const denied = new Set(rulesFired.filter(({ rule, reason, effect }) => rule.startsWith('credential/') && reason === 'CO-B7' && effect === 'deny').map(({ line }) => line));
  return content.lines.filter(({ number }) => denied.has(number)).flatMap((line) => {
    const standing = standingOf(line, { content, facts });
    return standing === undefined ? [] : [{ line: line.number, standing }];
  });
}

/** What stands behind those denials: the registry's answers as they were known then, with the records that they were folded from. */
export function credentialFindings(
  denied: ReturnType<typeof deniedStandings>, answers: readonly ProviderStanding[], records: ReadonlyMap<LicenceId, readonly LicenceEvent[]>,
): readonly LicenceFinding[] {
  const byQuestion = new Map(answers.map((answer) => [questionOf(answer), answer]));
  return denied.flatMap(({ line, standing }) => (byQuestion.get(questionOf(standing))?.licences ?? []).flatMap(({ licence, periods }) =>
    periods.filter(({ authority }) => authority === 'NONE').map(({ from, thru, lifecycle, provenance, derived }) => ({
      line, npi: standing.npi, licence, from, thru, lifecycle, events: foldedEvents(records, licence, provenance),
      ...present('causes', derived?.map(({ causedBy: { rule, licence: other, event } }) => ({ rule, licence: other, events: foldedEvents(records, other, [licenceEventId(other, event)]) }))),
    }))));
}

/** Every licence in whose record something stands that answers follow from. */
export function licencesBehind(answers: readonly ProviderStanding[]): readonly LicenceKey[] {
  return distinctLicences(answers.flatMap(({ licences }) => licences.flatMap(({ licence, periods }) => [licence, ...periods.flatMap(({ derived = [] }) => derived.filter(({ causedBy }) => causedBy.event > 0).map(({ causedBy }) => causedBy.licence))])));
}

/** What was sealed since is not among the records any more, and not shown. */
function foldedEvents(records: ReadonlyMap<LicenceId, readonly LicenceEvent[]>, licence: LicenceKey, provenance: LicencePeriod['provenance']): readonly FoundEvent[] {
  return (records.get(licenceId(licence)) ?? []).filter(({ sequence }) => provenance.includes(licenceEventId(licence, sequence))).map(foundEvent);
}

function foundEvent({ sequence, action, order, recordedAt }: LicenceEvent): FoundEvent {
  const thru = action === undefined ? undefined : 'effectiveThru' in action ? action.effectiveThru : 'validThru' in action ? action.validThru : undefined;
  return {
    sequence,
    ...present('action', action?.type),
    ...present('orderNumber', order?.number),
    ...present('decidedOn', order?.decidedOn),
    ...present('effectiveFrom', action?.effectiveFrom),
    ...present('effectiveThru', thru),
    recordedAt,
  };
}
