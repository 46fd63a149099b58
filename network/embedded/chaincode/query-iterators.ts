import { peer } from '@hyperledger/fabric-protos';
import { randomUUID } from 'node:crypto';
import type { ResultIterator } from '../ledger/api.js';

/** Records per message between peer and chaincode (`MaxResultLimit` of the peer's chaincode support). */
const RESULTS_PER_MESSAGE = 100;

/** The queries that a transaction has open, each sent in messages of a hundred records. */
export class QueryIterators {
  readonly #open = new Map<string, ResultIterator<Uint8Array>>();

  /** Opens a query over serialised records and answers its first message. */
  async open(results: ResultIterator<Uint8Array>): Promise<peer.QueryResponse> {
    const id = randomUUID();
    this.#open.set(id, results);
    return this.next(id);
  }

  /** The next message of an open query; the query is closed with its last record. */
  async next(id: string): Promise<peer.QueryResponse> {
    const query = this.#open.get(id);
    if (!query) throw new Error('query iterator not found');
    const { results, hasMore } = await query.next(RESULTS_PER_MESSAGE);
    if (!hasMore) this.close(id);
    return queryResponse(id, results, hasMore);
  }

  /** Closes a query; closing an unknown one is no error. */
  close(id: string): void {
    this.#open.get(id)?.close();
    this.#open.delete(id);
  }

  /** Closes what the chaincode left open when it completed. */
  closeAll(): void {
    for (const id of [...this.#open.keys()]) this.close(id);
  }
}

/** A message of a query's records, each already serialised (`queryresult.KV` or `KeyModification`). */
export function queryResponse(id: string, records: readonly Uint8Array[], hasMore: boolean): peer.QueryResponse {
  const response = new peer.QueryResponse();
  response.setId(id);
  response.setHasMore(hasMore);
  response.setResultsList(
    records.map((record) => {
      const bytes = new peer.QueryResultBytes();
      bytes.setResultbytes(record);
      return bytes;
    }),
  );
  return response;
}
