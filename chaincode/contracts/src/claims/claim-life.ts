import { claimHistory, claimStanding, HISTORY_KINDS, readStored } from '@medaccord/domain';
import type { AnyDocument, ClaimLife, OpenClaim, PendPage } from '@medaccord/domain';
import type { PrivateReader } from '../platform/private-reader.js';
import { openKey } from '@medaccord/domain';
import { pageOf, take } from '../platform/private-reader.js';
import { claimFile, newest } from './claim-records.js';

/** Where a claim stands, and every version of everything about it in order of time; throws DOCUMENT_NOT_FOUND. */
export async function claimLife(reader: PrivateReader, claimId: string): Promise<ClaimLife> {
  const file = await claimFile(reader, claimId);
  const appeal = (await newest(reader, 'appeal', claimId)) ?? null;
  const remittance = file.payment === null ? null : ((await newest(reader, 'remittance', file.payment.body.remittanceId)) ?? null);
  const documents: AnyDocument[] = [];
  for (const kind of HISTORY_KINDS) {
    for (const { json } of await take(reader.list(`${kind}~${claimId}~`))) documents.push(readStored(kind, json));
  }
  return { standing: claimStanding({ ...file, appeal, remittance }), appeal, history: claimHistory(documents) };
}

/** Waiting claims in a queue; a page may hold fewer than asked, as claims of other queues are passed over. */
export async function pendPage(reader: PrivateReader, queue: string, after: string, most: number): Promise<PendPage> {
  const entries = await take(reader.list('open~', after === '' ? undefined : openKey(after)), most + 1);
  const { items: seen, ...rest } = pageOf(entries, most, ({ json }) => JSON.parse(json) as OpenClaim, ({ claimId }) => claimId);
  const items: PendPage['items'][number][] = [];
  for (const open of seen) {
    const routing = await newest(reader, 'routing', open.claimId);
    if (routing?.body.queue === queue) items.push({ open, routing, pend: (await newest(reader, 'pend', open.claimId)) ?? null });
  }
  return { items, ...rest };
}
