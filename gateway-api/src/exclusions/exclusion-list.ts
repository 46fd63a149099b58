import { compare, DomainError, familyNameVariants, isCandidate, isExcludedOn } from '@medaccord/domain';
import type { Comparison, ExclusionRow, ScreenedPerson } from '@medaccord/domain';
import type { ExclusionStore, KnownRow, StoredFile } from './exclusion-store.js';
import type { ExclusionQuestion } from './requests.js';

/** A row that may be the person's, and how it compares. */
export interface Candidate extends Comparison {
  readonly identity: string;
  readonly row: ExclusionRow;
  /** False: the newest full file no longer names it, and no file told its end. */
  readonly listed: boolean;
}

/** A person with the rows that somebody has to look at, the likeliest first. */
export interface Candidates {
  readonly person: ScreenedPerson;
  readonly candidates: readonly Candidate[];
}

/** What a list says of a person on a day. */
export interface ExclusionAnswer {
  /** The newest file that was taken into account. */
  readonly knownAt: Pick<StoredFile, 'source' | 'month' | 'file' | 'sha256'>;
  readonly candidates: readonly (Candidate & { readonly excluded: boolean })[];
}

/** Compares people with the rows of a list. */
export class ExclusionList {
  readonly #store: ExclusionStore;

  constructor(store: ExclusionStore) {
    this.#store = store;
  }

  /** Throws EXCLUSION_LIST_EMPTY. */
  async answer(source: string, { person, on, state, knownIn }: ExclusionQuestion): Promise<ExclusionAnswer> {
    const last = (await this.#store.filesOf(source, knownIn)).at(-1);
    if (last === undefined) throw new DomainError('EXCLUSION_LIST_EMPTY');
    const candidates = await this.candidatesFor(source, last.number, person);
    const { month, file, sha256 } = last;

    return { knownAt: { source, month, file, sha256 }, candidates: candidates.map((one) => ({ ...one, excluded: isExcludedOn(one.row, on, state) })) };
  }

  /** The rows that may be one person's, as known after a file. */
  async candidatesFor(source: string, lastFile: number, person: ScreenedPerson): Promise<readonly Candidate[]> {
    return (await this.candidates(source, lastFile, [person])).flatMap(({ candidates }) => candidates);
  }

  /** The same for several people, in their order. */
  async candidates(source: string, lastFile: number, people: readonly ScreenedPerson[]): Promise<readonly Candidates[]> {
    const names = new Set(people.flatMap(({ familyNames }) => [...familyNameVariants(familyNames)]));
    const rows = await this.#store.candidates(source, lastFile, people.flatMap(({ npi, otherNpis = [] }) => [npi, ...otherNpis]), [...names]);

    const index = new RowIndex(rows);

    return people.map((person) => ({ person, candidates: candidatesAmong(index.rowsFor(person), person) }));
  }
}

/** Rows by what a candidate has in common with a person at least: the NPI or a family name. */
class RowIndex {
  readonly #byNpi = new Map<string, KnownRow[]>();
  readonly #byName = new Map<string, KnownRow[]>();

  constructor(rows: readonly KnownRow[]) {
    for (const known of rows) {
      if (known.row.npi !== undefined) append(this.#byNpi, known.row.npi, known);
      for (const name of familyNameVariants([known.row.lastName])) append(this.#byName, name, known);
    }
  }

  rowsFor({ npi, otherNpis = [], familyNames }: ScreenedPerson): readonly KnownRow[] {
    const named = [...familyNameVariants(familyNames)].flatMap((name) => this.#byName.get(name) ?? []);

    return [...new Set([...[npi, ...otherNpis].flatMap((number) => this.#byNpi.get(number) ?? []), ...named])];
  }
}

function append(lists: Map<string, KnownRow[]>, key: string, known: KnownRow): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [known]);
  else list.push(known);
}

function candidatesAmong(rows: readonly KnownRow[], person: ScreenedPerson): readonly Candidate[] {
  const compared = rows.map(({ identity, row, listed }) => ({ identity, row, listed, ...compare(person, row) }));

  return compared.filter(isCandidate).sort((first, second) => second.score - first.score);
}
