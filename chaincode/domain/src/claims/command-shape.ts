import { accumulatorInputShape, leafNameShape } from '../coverage/accumulator.js';
import { benefitPlanBodyShape, planDocumentShape } from '../coverage/benefit-plan.js';
import { coverageBodyShape, coverageDocumentShape } from '../coverage/coverage.js';
import { feeInputShape, feeScheduleDocumentShape, feeScheduleTermsShape } from '../coverage/fee-schedule.js';
import { MOST_FEES, newPricesShape } from '../coverage/prices.js';
import type { ExternalHold, Release } from '../adjudication/adjudication.js';
import { eobDocumentShape } from '../adjudication/eob-shape.js';
import { authorisationDocumentShape } from '../authorisations/authorisation.js';
import { reversalInputShape } from '../corrections/reversal-input-shape.js';
import { reversalDocumentShape } from '../corrections/reversal.js';
import { referenceInputShape } from '../reference-data/entry-input.js';
import { recordReferenceTablesShape } from '../reference-data/record-reference-tables.js';
import { referenceTableDocumentShape } from '../reference-data/reference-table.js';
import { routePendShape } from '../pends/routing.js';
import { pendDocumentShape } from '../pends/pend.js';
import { surroundingShapes } from '../surroundings/command-shapes.js';
import { WRITTEN_ALONE } from '../surroundings/commands.js';
import { lifeCycleShapes } from '../life-cycle/command-shapes.js';
import { importedClaimDocumentShape } from '../imports/import.js';
import { mandateDocumentShape } from '../mandates/mandate.js';
import { opaqueId, partiesShape } from '../documents/document.js';
import { issueRemittanceShape } from '../remittance/commands.js';
import { canonicalBytes } from '../shared/canonical-json.js';
import { toHex } from '../shared/bytes.js';
import type { Sha256 } from '../shared/bytes.js';
import { freeText, integer, list, nullable, object, oneOf, optional, plainDate, text, variant } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import { claimContentShape, claimDocumentShape, openClaimShape } from './claim-shape.js';
import type {
  AdjudicateClaims, AdjudicationItem, Command, CommandActor, CommandBody, Heal, HistoryInput, NewFeeSchedule,
  OpeningTotals, RecordAccumulators, RecordCoverages, RecordFeeSchedules, RecordPlans, SubmissionItem, SubmitClaims, VersionedItem,
} from './command.js';

/** More items than this belong into several commands. */
export const MOST_ITEMS = 500;

/** More proofs than this belong into several commands. */
export const MOST_ENTRIES = 50_000;

/** Reads any text as a salt; the chaincode refuses short ones with their own code. */
const anySalt = freeText(0, 128);

function versioned<Body>(body: Shape<Exclude<Body, undefined>>): Shape<VersionedItem<Body>> {
  return object<VersionedItem<Body>>({ id: opaqueId, version: integer(1), body });
}

const openingTotals: Shape<OpeningTotals> = object<OpeningTotals>({
  familyId: opaqueId,
  benefitYear: plainDate,
  currency: text(/^[A-Z]{3}$/),
  version: integer(1),
  reason: freeText(1, 200),
  totals: list(object({ leaf: leafNameShape, usedMinor: integer(0) }), 1, 200),
});

/** Reads a fee schedule before its prices are committed. */
export const newFeeScheduleShape: Shape<NewFeeSchedule> = object<NewFeeSchedule>({ ...feeScheduleTermsShape, prices: newPricesShape });

const adjudicationItem: Shape<AdjudicationItem> = object<AdjudicationItem>({
  claim: claimDocumentShape,
  coverageId: opaqueId,
  feeScheduleId: optional(opaqueId),
  history: list(opaqueId, 0, 500),
  imported: optional(list(importedClaimDocumentShape, 0, 200)),
  pend: optional(pendDocumentShape),
  held: optional(openClaimShape),
  externalHolds: optional(list(object<ExternalHold>({ class: text(/^[a-z][a-z-]{0,29}$/), dueOn: plainDate }), 1, 10)),
  authorisations: optional(list(authorisationDocumentShape, 0, 50)),
  original: optional(reversalInputShape),
  reopened: optional(reversalDocumentShape),
  releases: list(object<Release>({ rule: freeText(1, 80), line: optional(integer(1)), reason: freeText(1, 200) }), 0, 100),
});

const adjudicateClaims: Shape<AdjudicateClaims> = object<AdjudicateClaims>({
  verb: oneOf(['adjudicateClaims']),
  items: list(adjudicationItem, 1, MOST_ITEMS),
  coverages: list(coverageDocumentShape, 0, MOST_ITEMS),
  plans: list(planDocumentShape, 0, 50),
  feeSchedules: list(feeScheduleDocumentShape, 0, 50),
  fees: list(feeInputShape, 0, MOST_FEES),
  accumulators: list(accumulatorInputShape, 0, MOST_ITEMS),
  history: list(object<HistoryInput>({ claim: claimDocumentShape, eob: eobDocumentShape }), 0, MOST_ITEMS),
  referenceTables: optional(list(referenceTableDocumentShape, 0, 200)),
  entries: optional(list(referenceInputShape, 0, MOST_ENTRIES)),
});

const body: Shape<CommandBody> = variant<CommandBody>('verb', {
  ...lifeCycleShapes,
  ...surroundingShapes(adjudicateClaims, openingTotals),
  routePend: routePendShape,
  recordReferenceTables: recordReferenceTablesShape,
  recordPlans: object<RecordPlans>({ verb: oneOf(['recordPlans']), items: list(versioned(benefitPlanBodyShape), 1, MOST_ITEMS) }),
  recordCoverages: object<RecordCoverages>({ verb: oneOf(['recordCoverages']), items: list(versioned(coverageBodyShape), 1, MOST_ITEMS) }),
  recordAccumulators: object<RecordAccumulators>({ verb: oneOf(['recordAccumulators']), items: list(openingTotals, 1, MOST_ITEMS) }),
  recordFeeSchedules: object<RecordFeeSchedules>({ verb: oneOf(['recordFeeSchedules']), items: list(versioned(newFeeScheduleShape), 1, 20) }),
  submitClaims: object<SubmitClaims>({ verb: oneOf(['submitClaims']), items: list(object<SubmissionItem>({ claimId: opaqueId, claim: claimContentShape, original: optional(claimDocumentShape), contract: optional(feeScheduleDocumentShape), priorEobs: optional(list(eobDocumentShape, 1, 10)) }), 1, MOST_ITEMS) }),
  adjudicateClaims,
  issueRemittance: issueRemittanceShape,
  heal: object<Heal>({ verb: oneOf(['heal']), items: list(object({ key: freeText(1, 200), bytes: nullable(freeText(0, 5_000_000)) }), 1, MOST_ITEMS) }),
});

/** Reads a command. */
export const commandShape: Shape<Command> = object<Command>({
  schema: oneOf(['command/v1']),
  commandId: opaqueId,
  salt: anySalt,
  actor: object<CommandActor>({ id: freeText(1, 200), role: freeText(1, 64) }),
  mandate: optional(mandateDocumentShape),
  parties: partiesShape,
  body,
});

/** The bytes that go into the transient map. */
export function encodeCommand(command: Command): Uint8Array {
  return canonicalBytes(command);
}

/** The argument of `apply`: SHA-256 of the command's bytes, in hexadecimal. */
export function commandHash(bytes: Uint8Array, sha256: Sha256): string {
  return toHex(sha256(bytes));
}

/** The organisations whose peers must execute and sign the command; clients name them as endorsing organisations. */
export function endorsingOrganisations({ parties, body: { verb } }: Command, callerMsp: string): readonly string[] {
  if (verb === 'heal' || parties.hospitalMsp === undefined || isWrittenAlone(verb)) return [callerMsp];
  return [parties.insurerMsp, parties.hospitalMsp];
}


/** True for what a party writes into its own collection although it concerns both: the other one need not sign. */
export function isWrittenAlone(verb: string): boolean {
  return WRITTEN_ALONE.some((one) => one === verb);
}
