import { addDays, diagnosisDay, tablesFor } from '@medaccord/domain';
import type { ClaimContent, PlanDocument, ReferenceTableDocument, ReferenceTableFile } from '@medaccord/domain';
import type { ClaimsClient } from '../ledger/claims-client.js';
import type { ReferenceStore } from './reference-store.js';
import { TableTree } from './table-tree.js';

const PAGE = 100;
/** Trees that are kept in memory; a large one takes seconds to grow. */
const MOST_CACHED = 24;
/** Days around a claim in which services of its history may be asked about: global periods. */
const AROUND = { before: 90, after: 1 } as const;

/** Whole editions for making proofs, from the ledger's roots and this gateway's entries. */
export class ReferenceTables {
  readonly #store: ReferenceStore;
  readonly #trees = new Map<string, Promise<TableTree | undefined>>();

  constructor(store: ReferenceStore) {
    this.#store = store;
  }

  /** All recorded editions, newest versions. */
  async editions(client: ClaimsClient): Promise<readonly ReferenceTableDocument[]> {
    const found: ReferenceTableDocument[] = [];
    for (let after: string | undefined = ''; after !== undefined; ) {
      const page = await client.list('reference-table', after, PAGE);
      found.push(...(page.items as readonly ReferenceTableDocument[]));
      after = page.next;
    }

    return found;
  }

  /** Of these editions those that a claim may need under its plans; undefined where the entries of one are not kept here. */
  async filesFor(editions: readonly ReferenceTableDocument[], plans: readonly PlanDocument[], content: ClaimContent): Promise<readonly ReferenceTableFile[] | undefined> {
    const names = new Set(plans.flatMap(({ body }) => (body.edits === undefined ? [] : tablesFor(content, body.edits))));
    const days = content.lines.flatMap((line) => [line.serviceFrom, diagnosisDay(line, content)]).sort();
    const [from, thru] = [addDays(days[0] ?? '', -AROUND.before), addDays(days.at(-1) ?? '', AROUND.after)];
    const needed = editions.filter(({ body }) => names.has(body.table) && body.from <= thru && (body.thru === undefined || body.thru >= from));
    const files = await Promise.all(needed.map(async (document) => ({ document, tree: await this.#tree(document) })));

    const whole = files.flatMap(({ document, tree }) => (tree === undefined ? [] : [{ document, tree }]));

    return whole.length === files.length ? whole : undefined;
  }

  async #tree({ body: { root, fileSha256 } }: ReferenceTableDocument): Promise<TableTree | undefined> {
    const known = this.#trees.get(root);
    if (known !== undefined) return known;
    if (this.#trees.size >= MOST_CACHED) this.#trees.clear();
    const growing = TableTree.grow(this.#store.entries(root), fileSha256).then((tree) => (tree.root === root ? tree : undefined));
    this.#trees.set(root, growing);
    const forget = (): void => void this.#trees.delete(root);
    growing.then((tree) => { if (tree === undefined) forget(); }, forget);

    return growing;
  }
}
