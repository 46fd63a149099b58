import { claimHistory, claimStanding, HISTORY_KINDS, readStored } from '@medaccord/domain';
import type { AnyDocument, ClaimLife } from '@medaccord/domain';
import type { PrivateReader } from '../platform/private-reader.js';
import { take } from '../platform/private-reader.js';
import { claimFile, newest } from './claim-records.js';

/** Where a claim stands, and every version of everything about it in order of time; throws DOCUMENT_NOT_FOUND. */
export async function claimLife(reader: PrivateReader, claimId: string): Promise<ClaimLife> {
  const file = await claimFile(reader, claimId);
  const appeal = (await newest(reader, 'appeal', claimId)) ?? null;
  const pend = (await newest(reader, 'pend', claimId)) ?? null;
  const remittance = file.payment === null ? null : ((await newest(reader, 'remittance', file.payment.body.remittanceId)) ?? null);
  const documents: AnyDocument[] = [];
  for (const kind of HISTORY_KINDS) {
    for (const { json } of await take(reader.list(`${kind}~${claimId}~`))) documents.push(readStored(kind, json));
  }
  return { standing: claimStanding({ ...file, appeal, remittance }), pend, appeal, history: claimHistory(documents) };
}
