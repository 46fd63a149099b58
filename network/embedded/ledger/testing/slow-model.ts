/** One call of a transaction on chaincode `cc`; private calls are on collection `coll`. */
export type ModelCall =
  | { readonly kind: 'get'; readonly key: string }
  | { readonly kind: 'put'; readonly key: string; readonly value: string }
  | { readonly kind: 'delete'; readonly key: string }
  | { readonly kind: 'getHash'; readonly key: string }
  | { readonly kind: 'putPrivate'; readonly key: string; readonly value: string }
  | { readonly kind: 'deletePrivate'; readonly key: string }
  | { readonly kind: 'range'; readonly start: string; readonly end: string; readonly limit: number };

interface Cell {
  readonly value: string;
  /** Number of the write that made it: never the same twice. */
  readonly write: number;
}

type State = ReadonlyMap<string, Cell>;

/** What an endorsed transaction saw, written as questions to ask again. */
interface Endorsement {
  readonly gets: readonly { readonly name: string; readonly write: number | undefined }[];
  readonly ranges: readonly { readonly start: string; readonly end: string; readonly limit: number; readonly found: readonly string[] }[];
  readonly hashes: readonly { readonly name: string; readonly write: number | undefined }[];
  readonly writes: ReadonlyMap<string, string | undefined>;
}

const VALID = 0;
const MVCC_READ_CONFLICT = 11;
const PHANTOM_READ_CONFLICT = 12;

/**
 * The rules of MVCC as one would explain them: copy the state, ask every question of a transaction again, and see whether
 * the answers are the same. No read-write sets, no versions of blocks, no iterators, no database.
 */
export class SlowModel {
  #state: State = new Map();
  #writes = 0;

  endorse(calls: readonly ModelCall[]): Endorsement {
    const gets = calls.filter((call) => call.kind === 'get').map(({ key }) => ({ name: key, write: this.#state.get(key)?.write }));
    const hashes = calls
      .filter((call) => call.kind === 'getHash')
      .map(({ key }) => ({ name: `private ${key}`, write: this.#state.get(`private ${key}`)?.write }));
    const ranges = calls.filter((call) => call.kind === 'range').map((call) => ({ ...call, found: look(this.#state, call) }));
    const writes = new Map<string, string | undefined>();
    for (const call of calls) {
      if (call.kind === 'put') writes.set(call.key, call.value);
      if (call.kind === 'delete') writes.set(call.key, undefined);
      if (call.kind === 'putPrivate') writes.set(`private ${call.key}`, call.value);
      if (call.kind === 'deletePrivate') writes.set(`private ${call.key}`, undefined);
    }

    return { gets, ranges, hashes, writes };
  }

  commit(block: readonly Endorsement[]): number[] {
    const touched = new Set<string>();

    return block.map((transaction) => {
      const code = this.#decide(transaction, touched);
      if (code === VALID) this.#apply(transaction, touched);
      return code;
    });
  }

  contents(): Record<string, string> {
    return Object.fromEntries([...this.#state].map(([name, { value }]) => [name, value]));
  }

  /** A key that the block has touched already is a conflict even where the touch changed nothing. */
  #decide({ gets, ranges, hashes }: Endorsement, touched: ReadonlySet<string>): number {
    const holds = ({ name, write }: { readonly name: string; readonly write: number | undefined }): boolean =>
      !touched.has(name) && this.#state.get(name)?.write === write;
    if (!gets.every(holds)) return MVCC_READ_CONFLICT;
    if (!ranges.every((range) => range.found.join() === look(this.#state, range).join())) return PHANTOM_READ_CONFLICT;
    return hashes.every(holds) ? VALID : MVCC_READ_CONFLICT;
  }

  #apply({ writes }: Endorsement, touched: Set<string>): void {
    const next = new Map(this.#state);
    this.#writes += 1;
    for (const [name, value] of writes) {
      touched.add(name);
      if (value === undefined) next.delete(name);
      else next.set(name, { value, write: this.#writes });
    }
    this.#state = next;
  }
}

/**
 * Keys and writes of a range as far as a caller sees it who takes `limit` results: the peer reads one more than that. Where
 * that does not reach the end of the range, what lies behind the last key seen does not count.
 */
function look(state: State, { start, end, limit }: { readonly start: string; readonly end: string; readonly limit: number }): string[] {
  const within = (name: string): boolean => atOrAfter(name, start) && (end === '' || !atOrAfter(name, end));
  const names = [...state.keys()].filter((name) => !name.startsWith('private ') && within(name));
  const ordered = names.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));

  return ordered.slice(0, limit + 1).map((name) => `${name}#${String(state.get(name)?.write)}`);
}

function atOrAfter(name: string, bound: string): boolean {
  return Buffer.compare(Buffer.from(name), Buffer.from(bound)) >= 0;
}
