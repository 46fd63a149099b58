import { assembleAdjudication, documentKey, DomainError, leavesAfter, pagesOfEntries, present } from '@medaccord/domain';
import type {
  AccumulatorDocument, AccumulatorFile, AccumulatorLeavesDocument, AdjudicateClaims, AnyDocument, ClaimFile, DocumentByKind, DocumentKind, FeeScheduleDocument, FeeScheduleFile,
  FeeSchedulePage, HeldDocument, HistoryInput, UnilateralDocument,
} from '@medaccord/domain';
import { sha256 } from '../../ledger/claims-client.js';
import type { ClaimsClient } from '../../ledger/claims-client.js';
import type { ReferenceTables } from '../../reference-data/reference-tables.js';

/** What a decision of one party was made from, in the versions that it names, with their proofs. */
export async function termsOfThen(client: ClaimsClient, tables: ReferenceTables, { claim, pend }: ClaimFile, { body }: UnilateralDocument): Promise<AdjudicateClaims> {
  const documents = (await client.documents(body.inputs.map(({ key }) => key))).filter((document) => document !== null);
  const [coverage] = ofKind(documents, 'coverage');
  if (coverage === undefined || documents.length !== body.inputs.length) throw new DomainError('DOCUMENT_NOT_FOUND', { kind: 'coverage' });
  const feeSchedules = await Promise.all(ofKind(documents, 'fee-schedule').map((document) => feeScheduleOfThen(client, document)));
  const history = historyOf(documents);
  const imported = ofKind(documents, 'imported-claim');
  // A supervisor's releases come with the pend; the others are the examiner's.
  const releases = body.facts.releases.slice(0, body.facts.releases.length - (pend?.body.releases.length ?? 0));
  const item = { claim, coverageId: coverage.id, history: history.map((earlier) => earlier.claim.id), ...(imported.length > 0 && { imported }), releases, ...(pend && { pend }), ...(feeSchedules[0] && { feeScheduleId: feeSchedules[0].document.id }) };

  return assembleAdjudication({
    items: [item],
    coverages: [coverage],
    plans: ofKind(documents, 'plan'),
    feeSchedules,
    accumulators: await Promise.all(ofKind(documents, 'accumulator').map((document) => accumulatorOfThen(client, document))),
    history,
    ...present('referenceTables', await tables.filesFor(ofKind(documents, 'reference-table'), ofKind(documents, 'plan'), claim.body.content)),
  }, sha256);
}

async function feeScheduleOfThen(client: ClaimsClient, document: FeeScheduleDocument): Promise<FeeScheduleFile> {
  const pages = await client.documents(Array.from({ length: pagesOfEntries(document.body.prices) }, (_, index) => documentKey({ kind: 'fee-schedule-page', id: `${document.id}.${index + 1}`, version: document.version })));

  return { document, entries: (pages as readonly FeeSchedulePage[]).flatMap(({ body }) => body.entries) };
}

async function accumulatorOfThen(client: ClaimsClient, document: AccumulatorDocument): Promise<AccumulatorFile> {
  const { id, version, body: { baseVersion } } = document;
  const since = Array.from({ length: version - baseVersion }, (_, index) => documentKey({ kind: 'accumulator', id, version: baseVersion + 1 + index }));
  const [base, ...changes] = await client.documents([documentKey({ kind: 'accumulator-leaves', id, version: baseVersion }), ...since]);
  const leaves = leavesAfter((base as AccumulatorLeavesDocument).body.leaves, (changes as readonly AccumulatorDocument[]).map(({ body }) => body.changed));

  return { document, leaves };
}

function historyOf(documents: readonly AnyDocument[]): readonly HistoryInput[] {
  const eobs = new Map(ofKind(documents, 'eob').map((eob) => [eob.id, eob]));

  return ofKind(documents, 'claim').flatMap((claim) => {
    const eob = eobs.get(claim.id);

    return eob === undefined ? [] : [{ claim, eob }];
  });
}

function ofKind<K extends DocumentKind>(documents: readonly AnyDocument[], kind: K): readonly DocumentByKind[K][] {
  return documents.filter((document) => document.kind === kind) as readonly HeldDocument[] as readonly DocumentByKind[K][];
}
