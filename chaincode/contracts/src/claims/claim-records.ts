import { DomainError, documentKey, isPart, leavesAfter, pagesOfEntries, readStored } from '@medaccord/domain';
import type { AccumulatorFile, ClaimDocument, ClaimFile, DocumentByKind, DocumentKind, FeeScheduleFile, OpenClaim } from '@medaccord/domain';
import { openKey } from '@medaccord/domain';
import { newestOf } from '../platform/private-reader.js';
import type { PrivateReader } from '../platform/private-reader.js';

/** The newest version of a document; undefined where there is none. */
export async function newest<K extends DocumentKind>(reader: PrivateReader, kind: K, id: string): Promise<DocumentByKind[K] | undefined> {
  if (!isPart(id)) throw new DomainError('INVALID_DOCUMENT_KEY');
  // Most documents have one version: two keys come in one message, where a range takes three.
  const [first, second] = await reader.get([documentKey({ kind, id, version: 1 }), documentKey({ kind, id, version: 2 })]);
  if (first !== undefined && second === undefined) return readStored(kind, first);
  const [last] = await newestOf(reader.list(`${kind}~${id}~`), 1);
  return last && readStored(kind, last.json);
}

/** The newest version of a document; throws DOCUMENT_NOT_FOUND. */
export async function newestOrRefuse<K extends DocumentKind>(reader: PrivateReader, kind: K, id: string): Promise<DocumentByKind[K]> {
  const document = await newest(reader, kind, id);
  if (document === undefined) throw new DomainError('DOCUMENT_NOT_FOUND', { kind });
  return document;
}

/** Certain versions of documents of one kind, in the order asked; throws DOCUMENT_NOT_FOUND where one is missing. */
export async function versions<K extends DocumentKind>(
  reader: PrivateReader, kind: K, names: readonly { readonly id: string; readonly version: number }[],
): Promise<readonly DocumentByKind[K][]> {
  const stored = await reader.get(names.map((name) => documentKey({ kind, ...name })));
  return stored.map((json) => {
    if (json === undefined) throw new DomainError('DOCUMENT_NOT_FOUND', { kind });
    return readStored(kind, json);
  });
}

/** All that there is about a claim; throws DOCUMENT_NOT_FOUND where it was never received, DOCUMENT_ERASED where both parties erased it. */
export async function claimFile(reader: PrivateReader, claimId: string): Promise<ClaimFile> {
  const claim = await receivedClaim(reader, claimId);
  const firstOf = (kind: DocumentKind): string => documentKey({ kind, id: claimId, version: 1 });
  const [open, decided, queued] = await reader.get([openKey(claimId), firstOf('adjudication'), firstOf('pend')]);
  const waiting = open === undefined ? null : (JSON.parse(open) as OpenClaim);
  const pend = queued === undefined ? null : ((await newest(reader, 'pend', claimId)) ?? null);
  // Adjudications are numbered from 1 without gaps, and explanations and payments are of one: without the first there is none.
  if (decided === undefined) return { claim, open: waiting, adjudication: null, eob: null, payment: null, reversal: null, pend };
  const adjudication = (await newest(reader, 'adjudication', claimId)) ?? null;
  const eob = (await newest(reader, 'eob', claimId)) ?? null;
  const payment = (await newest(reader, 'payment', claimId)) ?? null;
  const reversal = (await newest(reader, 'reversal', claimId)) ?? null;
  return { claim, open: waiting, adjudication, eob, payment, reversal, pend };
}

async function receivedClaim(reader: PrivateReader, claimId: string): Promise<ClaimDocument> {
  const claim = await newest(reader, 'claim', claimId);
  if (claim !== undefined) return claim;
  const erasure = await newest(reader, 'erasure', claimId);
  throw new DomainError(erasure?.body.state === 'ERASED' ? 'DOCUMENT_ERASED' : 'DOCUMENT_NOT_FOUND', { kind: 'claim' });
}

/** A fee schedule with all its entries. */
export async function feeScheduleFile(reader: PrivateReader, id: string): Promise<FeeScheduleFile> {
  const document = await newestOrRefuse(reader, 'fee-schedule', id);
  const names = Array.from({ length: pagesOfEntries(document.body.prices) }, (_, index) => ({ id: `${id}.${index + 1}`, version: document.version }));
  const pages = await versions(reader, 'fee-schedule-page', names);
  return { document, entries: pages.flatMap(({ body }) => body.entries) };
}

/** An accumulator with all its leaves: those that its chain begins with, and every change since. */
export async function accumulatorFile(reader: PrivateReader, id: string): Promise<AccumulatorFile> {
  const document = await newestOrRefuse(reader, 'accumulator', id);
  const { baseVersion } = document.body;
  const [base] = await versions(reader, 'accumulator-leaves', [{ id, version: baseVersion }]);
  const since = Array.from({ length: document.version - baseVersion }, (_, index) => ({ id, version: baseVersion + 1 + index }));
  const changes = (await versions(reader, 'accumulator', since)).map(({ body }) => body.changed);
  return { document, leaves: leavesAfter(base?.body.leaves ?? [], changes) };
}

/** How many claims were erased by both parties. */
export async function erasedClaims(reader: PrivateReader): Promise<number> {
  const steps = await newestOf(reader.list('erasure~'), Number.MAX_SAFE_INTEGER);
  return steps.filter(({ json }) => readStored('erasure', json).body.state === 'ERASED').length;
}
