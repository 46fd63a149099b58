import { NO_PRECONDITIONS } from '../claims/preconditions.js';
import type { Preconditions } from '../claims/preconditions.js';
import { recordAccumulators, recorded } from '../coverage/record-statements.js';
import type { Parties } from '../documents/document.js';
import { newDocument } from '../documents/execution.js';
import type { Effects, Execution } from '../documents/execution.js';
import { documentKey, importedClaimKey } from '../documents/key.js';
import { canonicalJson } from '../shared/canonical-json.js';
import { DomainError } from '../shared/errors.js';
import { sumOf } from '../shared/money.js';
import type { ImportBody, ImportDocument, ImportFigures, ImportRows } from './import.js';

const NOTHING: ImportFigures = { rows: 0, usedMinor: 0, paid: 0, open: 0, chargeMinor: 0, paidMinor: 0 };
const FIGURES = ['rows', 'usedMinor', 'paid', 'open', 'chargeMinor', 'paidMinor'] as const;

/** What a part rests on: how far the import is, or that it has not begun. */
export function importPreconditions({ importId, before }: ImportRows): Preconditions {
  if (before !== undefined) return { ...NO_PRECONDITIONS, documents: [before] };
  return { ...NO_PRECONDITIONS, absent: [{ key: documentKey({ kind: 'import', id: importId, version: 1 }), code: 'INPUT_MISSING', input: 'before' }] };
}

/**
 * Loads a part of a file and says how far the import is; the last part reconciles it. A difference refuses nothing: what was
 * loaded is what the file says, and a person finds out why the old system counts otherwise. Throws IMPORT_COMPLETE, and
 * INPUT_MISMATCH for a part of another file or one that does not follow.
 */
export function importRows(command: ImportRows, parties: Parties, execution: Execution): Effects {
  const { importId, before, totals, claims, subject, fileHash, control, lastLine, isLast } = command;
  if (before !== undefined) assertContinues(before, command);
  const loaded = added(before?.body.loaded ?? NOTHING, figuresOf(command));
  const body: ImportBody = { subject, fileHash, control, loaded, lastLine, state: isLast ? 'COMPLETE' : 'LOADING', differences: isLast ? differencesOf(control, loaded) : [] };
  const document = newDocument(execution, 'import', { id: importId, version: (before?.version ?? 0) + 1 }, parties, body);
  const openings = recordAccumulators({ verb: 'recordAccumulators', items: totals }, parties, execution).documents;
  const brought = claims.map(({ id, body: claim }) => newDocument(execution, 'imported-claim', { id, version: 1 }, parties, claim));
  return { ...recorded([document]), documents: [document, ...openings, ...brought], index: claims.map(({ id, body: { coverageId } }) => ({ key: importedClaimKey(coverageId, id), value: { id } })) };
}

function assertContinues({ id, body }: ImportDocument, { importId, subject, fileHash, control, lastLine }: ImportRows): void {
  if (body.state === 'COMPLETE') throw new DomainError('IMPORT_COMPLETE');
  const isSame = id === importId && body.subject === subject && body.fileHash === fileHash && canonicalJson(body.control) === canonicalJson(control);
  if (!isSame || lastLine < body.lastLine) throw new DomainError('INPUT_MISMATCH', { input: 'before' });
}

function figuresOf({ totals, claims }: ImportRows): ImportFigures {
  const lines = claims.flatMap(({ body }) => body.lines);
  return {
    rows: sumOf(totals.map((one) => one.totals.length)) + lines.length,
    usedMinor: sumOf(totals.flatMap((one) => one.totals.map(({ usedMinor }) => usedMinor))),
    paid: claims.filter(({ body }) => body.state === 'PAID').length,
    open: claims.filter(({ body }) => body.state === 'OPEN').length,
    chargeMinor: sumOf(lines.map(({ chargeMinor }) => chargeMinor)),
    paidMinor: sumOf(lines.map(({ paidMinor }) => paidMinor)),
  };
}

function added(left: ImportFigures, right: ImportFigures): ImportFigures {
  return {
    rows: left.rows + right.rows,
    usedMinor: left.usedMinor + right.usedMinor,
    paid: left.paid + right.paid,
    open: left.open + right.open,
    chargeMinor: left.chargeMinor + right.chargeMinor,
    paidMinor: left.paidMinor + right.paidMinor,
  };
}

function differencesOf(control: Partial<ImportFigures>, loaded: ImportFigures): ImportBody['differences'] {
  return FIGURES.flatMap((figure) => {
    const stated = control[figure];
    return stated === undefined || stated === loaded[figure] ? [] : [{ figure, stated, loaded: loaded[figure] }];
  });
}
