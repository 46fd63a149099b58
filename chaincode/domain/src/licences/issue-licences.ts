import { canonicalJson } from '../shared/canonical-json.js';
import { DomainError } from '../shared/errors.js';
import { eachItem } from '../shared/item-outcome.js';
import type { ItemOutcome } from '../shared/item-outcome.js';
import { present } from '../shared/present.js';
import type { BoardUnit } from '../members/member.js';
import type { RegistryExecution } from '../members/registry-execution.js';
import { assertOwnBoard, eventAfter, withEvent } from './append-events.js';
import { issueLicenceShape } from './commands.js';
import type { IssueLicence } from './commands.js';
import type { IssueAction, TimelineEntry } from './licence-event.js';
import { licenceId } from './licence-key.js';
import type { LicenceId, LicenceKey } from './licence-key.js';
import { withoutEvents } from './licence.js';
import type { Licence, LicenceChange, LicenceState } from './licence.js';
import { knownActions } from './timeline.js';
import type { LicenceTimeline } from './timeline.js';

/** The outcome of each item, and what is to be written, in the order of the items. */
export interface IssuedLicences {
  readonly outcomes: readonly ItemOutcome<'ISSUED'>[];
  readonly changes: readonly LicenceChange[];
}

/**
 * Issues each licence of the batch that is new. One that exists with the same particulars is ALREADY_RECORDED, with
 * others LICENCE_ALREADY_ISSUED. `existing` holds those of the batch that are on the ledger.
 */
export function issueLicences(items: readonly unknown[], existing: ReadonlyMap<LicenceId, LicenceState>, execution: RegistryExecution): IssuedLicences {
  const known = new Map(existing);
  const changes: LicenceChange[] = [];
  const outcomes = eachItem<IssueLicence, 'ISSUED'>(items, issueLicenceShape, (item) => {
    assertMayIssue(item.licence, execution);
    const id = licenceId(item.licence);
    const state = known.get(id);
    if (state !== undefined && isIssued(state)) return recordedBefore(state, item, execution);
    const change = issue(item, state, execution);
    known.set(id, change.state);
    changes.push(change);
    return { outcome: 'ISSUED', id };
  });
  return { outcomes, changes };
}

/** The keys of the items that are well formed: what has to be looked up before the batch can be decided. */
export function licencesNamedIn(items: readonly unknown[]): readonly LicenceKey[] {
  const keys = new Map<LicenceId, LicenceKey>();
  eachItem<IssueLicence, 'ISSUED'>(items, issueLicenceShape, ({ licence }) => {
    keys.set(licenceId(licence), licence);
    return { outcome: 'ISSUED', id: licenceId(licence) };
  });
  return [...keys.values()];
}

/** Only the open board of a jurisdiction issues its types of licence. Throws FORBIDDEN_ORGANISATION, FORBIDDEN_UNIT and LICENCE_TYPE_NOT_OF_BOARD. */
export function assertMayIssue(licence: LicenceKey, execution: RegistryExecution): void {
  const { member } = execution.actor;
  const board = member.units.find((unit): unit is BoardUnit => unit.kind === 'board' && unit.id === licence.board);
  if (board === undefined) throw new DomainError('FORBIDDEN_ORGANISATION');
  assertOwnBoard(licence, member.mspId, execution);
  const issuesIt = board.status === 'OPEN' && board.jurisdiction === licence.jurisdiction && board.licenceTypes.includes(licence.type);
  if (!issuesIt) throw new DomainError('LICENCE_TYPE_NOT_OF_BOARD');
}

/** False where every issue of the licence is void: then it can be issued as if it never had been. */
function isIssued({ timeline }: LicenceState): boolean {
  return issueOf(timeline) !== undefined;
}

function issueOf({ entries, lastSequence }: LicenceTimeline): TimelineEntry | undefined {
  const issued = knownActions(entries, lastSequence).actions.filter(({ action }) => action.type === 'ISSUE').at(-1)?.id;
  return entries.find(({ sequence }) => sequence === issued);
}

function issue(item: IssueLicence, voided: LicenceState | undefined, execution: RegistryExecution): LicenceChange {
  const record = recordOf(item, execution);
  const { timeline } = voided ?? withoutEvents(record, execution);
  if (record.issuer !== timeline.issuer) throw new DomainError('FORBIDDEN_ORGANISATION');
  const particulars = { actionId: item.actionId, ...present('importBatch', item.source?.importBatch), ...present('sourceRecordedAt', item.source?.recordedOn) };
  const event = eventAfter(timeline, particulars, { kind: 'INITIAL', action: actionOf(item) }, execution);
  return { state: withEvent({ record, timeline }, event), events: [event], newParticulars: true };
}

function recordOf(item: IssueLicence, execution: RegistryExecution): Licence {
  return {
    schema: 'licence/v1',
    licence: item.licence,
    issuer: execution.actor.member.mspId,
    ...present('numberAsPrinted', item.numberAsPrinted),
    ...present('holder', item.holder),
    ...present('source', item.source),
  };
}

function actionOf(item: IssueLicence): IssueAction {
  return { type: 'ISSUE', effectiveFrom: item.effectiveFrom, ...present('validThru', item.validThru), ...present('grace', item.grace), status: item.status };
}

/** The same particulars are the same fact, whoever sends them again and under whichever action id. */
function recordedBefore(state: LicenceState, item: IssueLicence, execution: RegistryExecution): ItemOutcome<'ISSUED'> {
  const sameRecord = canonicalJson(state.record) === canonicalJson(recordOf(item, execution));
  if (!sameRecord || canonicalJson(issueOf(state.timeline)?.action ?? null) !== canonicalJson(actionOf(item))) throw new DomainError('LICENCE_ALREADY_ISSUED');
  return { outcome: 'ALREADY_RECORDED', id: licenceId(item.licence) };
}
