import type { HeldDocument } from '@medaccord/domain';
import type { ClaimsClient } from '../../ledger/claims-client.js';

const PAGE = 500;

/** Every document of a kind in its newest version, page by page, in order of id. */
export async function* everyNewest<T extends HeldDocument>(client: ClaimsClient, kind: T['kind']): AsyncIterable<T> {
  for (let after: string | undefined = ''; after !== undefined; ) {
    const page = await client.list(kind, after, PAGE);
    yield* page.items as readonly HeldDocument[] as readonly T[];
    after = page.next;
  }
}
