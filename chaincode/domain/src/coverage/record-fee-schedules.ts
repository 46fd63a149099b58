import type { NewFeeSchedule, RecordFeeSchedules } from '../claims/command.js';
import { derivedSalt } from '../documents/bytes.js';
import type { AnyDocument, JointParties } from '../documents/document.js';
import { newDocument } from '../documents/execution.js';
import type { Effects, Execution } from '../documents/execution.js';
import { documentKey } from '../documents/key.js';
import { DomainError, invalidInput, issue } from '../shared/errors.js';
import { MerkleTree } from '../shared/merkle.js';
import type { FeeScheduleBody } from './fee-schedule.js';
import { isFee } from './prices.js';
import type { FeeLeaf, NewPrices, Rate } from './prices.js';
import { recorded } from './record-statements.js';

/** Entries per page: a page is one private value. */
const PAGE = 500;

/**
 * Records the prices between two parties: listed ones are committed by the root of a sorted tree with a salt per entry,
 * and kept in pages at both parties, so that either can make and check proofs. Throws INVALID_INPUT where keys are not in
 * order, a price of zero does not say what it means, or a table of groups has prices (another one weights).
 */
export function recordFeeSchedules({ items }: RecordFeeSchedules, parties: JointParties, execution: Execution): Effects {
  const schedules = items.map(({ id, version, body }, index) => {
    assertPrices(body, `/body/items/${index}/body/prices`);
    const name = { id, version };
    const entries = body.prices.type !== 'share-of-charges' ? leavesOf(body.prices, documentKey({ kind: 'fee-schedule', ...name }), execution) : [];
    const document = newDocument(execution, 'fee-schedule', name, parties, scheduleBody(body, entries, execution));
    return { document, pages: pagesOf(name, entries, parties, execution) };
  });
  return { ...recorded(schedules.map(({ document }) => document)), documents: schedules.flatMap(({ document, pages }) => [document, ...pages]) };
}

/** How many pages a list of that many entries fills. */
export function pageCount(entries: number): number {
  return Math.ceil(entries / PAGE);
}

function scheduleBody(body: NewFeeSchedule, entries: readonly FeeLeaf[], { sha256 }: Execution): FeeScheduleBody {
  if (body.prices.type === 'share-of-charges') return { ...body, prices: body.prices };
  const { entries: _, ...terms } = body.prices;
  return { ...body, prices: { ...terms, root: new MerkleTree(entries, sha256).root, count: entries.length, pages: pageCount(entries.length) } };
}

function leavesOf({ entries }: NewPrices, key: string, { salt, sha256 }: Execution): readonly FeeLeaf[] {
  return entries.map((entry) => ({ key: entry.key, salt: derivedSalt(salt, `${key}~${entry.key}`, sha256), value: entry.fee }));
}

function pagesOf(name: { readonly id: string; readonly version: number }, entries: readonly FeeLeaf[], parties: JointParties, execution: Execution): readonly AnyDocument[] {
  return Array.from({ length: pageCount(entries.length) }, (_, index) =>
    newDocument(execution, 'fee-schedule-page', { id: `${name.id}.${index + 1}`, version: name.version }, parties, {
      entries: entries.slice(index * PAGE, (index + 1) * PAGE),
    }));
}

function assertPrices({ prices, from, thru }: NewFeeSchedule, path: string): void {
  if (thru !== undefined && thru < from) throw invalidInput([issue('INCONSISTENT', path)]);
  if (prices.type === 'share-of-charges') return;
  const isOfMethod = (fee: Rate): boolean => isFee(fee) === (prices.type !== 'drg');
  const wrong = prices.entries.findIndex(({ key, fee }, index) => {
    const isOutOfOrder = index > 0 && (prices.entries[index - 1]?.key ?? '') >= key;
    return isOutOfOrder || !isOfMethod(fee) || lacksZeroPrice(fee);
  });
  if (wrong >= 0) throw new DomainError('INVALID_INPUT', { issues: [issue('INCONSISTENT', `${path}/entries/${wrong}`)] });
}

function lacksZeroPrice(fee: Rate): boolean {
  return isFee(fee) && (fee.amountMinor === 0 || fee.facilityAmountMinor === 0) && fee.zeroPrice === undefined;
}
