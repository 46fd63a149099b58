import { compare, DomainError, isAttested, isSuppressed, MATCHER_VERSION, pairHashOf, present } from '@medaccord/domain';
import type {
  Comparison, ExclusionFileName, ExclusionMatchDocument, ExclusionRow, FoundPair, Npi, OpaqueId, PlainDate, RecordScreeningRun, ScreenedClinician, ScreenedPerson, ScreeningResult,
  ScreeningRunDocument, ScreeningScope,
} from '@medaccord/domain';
import type { GatewaySecret } from '../config/gateway-secret.js';
import type { WriteRequest } from '../idempotency/write-request.js';
import { opaqueIdOf, sha256 } from '../ledger/claims-client.js';
import type { CredentialsClient } from '../ledger/credentials-client.js';
import { SERVICE_ROLE } from '../ledger/ledger.js';
import type { RegistryClient } from '../ledger/registry-client.js';
import type { ClinicianStore } from './clinician-store.js';
import { asKnown } from './known-person.js';
import type { Candidate, Candidates, ExclusionList } from './exclusion-list.js';
import type { ExclusionStore, StoredFile } from './exclusion-store.js';

/** What a run found; the whole of it stands in its parts, in the organisation's own collection. */
export interface ScreeningSummary {
  readonly runId: OpaqueId;
  readonly parts: number;
  readonly snapshots: readonly ExclusionFileName[];
  /** Whether a second organisation has attested each of the files. */
  readonly attested: boolean;
  readonly counts: Readonly<Record<ScreeningResult, number>>;
  /** Everybody who is not clear. */
  readonly notClear: readonly ScreenedClinician[];
}

/** Both records of a pair side by side, for the person who decides. */
export interface PairForReview {
  readonly match: ExclusionMatchDocument;
  readonly person: ScreenedPerson;
  /** Absent where the list no longer has the row. */
  readonly row?: ExclusionRow;
  readonly comparison?: Comparison;
}

/** Clinicians of one part. */
const cliniciansOfPart = 100;
/** Clinicians whose rows are looked up together, in parts: common names are read once for all of them. */
const cliniciansAtOnce = 1000;
const documentsAtOnce = 1000;

/** What is the same for all parts of a run. */
interface Run {
  readonly write: WriteRequest;
  readonly source: string;
  readonly lastFile: number;
  readonly scope: Omit<ScreeningScope, 'part'>;
  readonly recorded: ReadonlyMap<OpaqueId, ExclusionMatchDocument>;
}

/** Screens the organisation's clinicians against a list, and records it, pair by pair and also where all are clear. */
export class ScreeningDesk {
  readonly #list: ExclusionList;
  readonly #files: ExclusionStore;
  readonly #clinicians: ClinicianStore;
  readonly #client: CredentialsClient;
  readonly #registry: RegistryClient;
  readonly #secret: GatewaySecret;

  constructor(list: ExclusionList, files: ExclusionStore, clinicians: ClinicianStore, client: CredentialsClient, registry: RegistryClient, secret: GatewaySecret) {
    this.#list = list;
    this.#files = files;
    this.#clinicians = clinicians;
    this.#client = client;
    this.#registry = registry;
    this.#secret = secret;
  }

  /**
   * Screens everybody, a part at a time; the same request goes on with the parts that are missing. Throws
   * EXCLUSION_LIST_EMPTY, EXCLUSION_SNAPSHOT_MISSING and NOBODY_TO_SCREEN.
   */
  async run(write: WriteRequest, source: string): Promise<ScreeningSummary> {
    const files = await this.#files.filesOf(source);
    const last = files.at(-1);
    if (last === undefined) throw new DomainError('EXCLUSION_LIST_EMPTY');
    const attested = await this.#assertTold(source, files);
    const parts = Math.ceil((await this.#clinicians.count()) / cliniciansOfPart);
    if (parts === 0) throw new DomainError('NOBODY_TO_SCREEN');
    const scope = { runId: opaqueIdOf(write.derive('screening run')), parts, snapshots: files.map(nameOf), matcher: MATCHER_VERSION };
    const screened = await this.#parts({ write, source, lastFile: last.number, scope, recorded: await this.#matches() });

    return { runId: scope.runId, parts, snapshots: scope.snapshots, attested, counts: countsOf(screened), notClear: screened.filter(({ result }) => result !== 'CLEAR') };
  }

  /** Throws DOCUMENT_NOT_FOUND and CLINICIAN_NOT_FOUND. */
  async pair(matchId: OpaqueId): Promise<PairForReview> {
    const match = await this.#client.newest<ExclusionMatchDocument>('exclusion-match', matchId);
    const { source, npi } = match.body;
    const own = await this.#clinicians.get(npi);
    const [person = own] = await this.#known([own]);
    const last = (await this.#files.filesOf(source)).at(-1);
    const candidates = last === undefined ? [] : await this.#list.candidatesFor(source, last.number, person);
    const row = candidates.find(({ identity }) => this.#matchId(npi, source, identity) === matchId)?.row;

    return { match, person, ...present('row', row), ...present('comparison', row && compare(person, row)) };
  }

  async #parts(run: Run): Promise<readonly ScreenedClinician[]> {
    const screened: ScreenedClinician[] = [];
    let after = '';
    for (let part = 1; part <= run.scope.parts;) {
      const people = await this.#clinicians.page(after, cliniciansAtOnce);
      if (people.length === 0) break;
      const candidates = once(async () => this.#list.candidates(run.source, run.lastFile, await this.#known(people)));
      for (let from = 0; from < people.length; from += cliniciansOfPart, part += 1) {
        screened.push(...(await this.#part(run, part, async () => (await candidates()).slice(from, from + cliniciansOfPart))));
      }
      after = people.at(-1)?.npi ?? after;
    }

    return screened;
  }

  /** The part as it is recorded: by this request, or before it was interrupted. */
  async #part(run: Run, part: number, candidates: () => Promise<readonly Candidates[]>): Promise<readonly ScreenedClinician[]> {
    const { write } = run;
    const [partId, step] = [opaqueIdOf(write.derive(`screening part ${part}`)), `part-${part}`];
    if ((await this.#client.carriedOut(write, step)) === undefined) await this.#client.apply(write, step, write.actor, this.#command(run, part, partId, await candidates()));

    return (await this.#client.newest<ScreeningRunDocument>('screening-run', partId)).body.clinicians;
  }

  #command({ source, scope, recorded }: Run, part: number, partId: OpaqueId, people: readonly Candidates[]): RecordScreeningRun {
    const today = new Date().toISOString().slice(0, 10);
    const found: FoundPair[] = [];
    const known: ExclusionMatchDocument[] = [];
    for (const { person, candidates } of people) {
      for (const candidate of candidates.filter((one) => isInForce(one, today))) {
        const matchId = this.#matchId(person.npi, source, candidate.identity);
        const [previous, pairHash] = [recorded.get(matchId), pairHashOf(person, candidate.row, sha256)];
        if (previous !== undefined && isSuppressed(previous.body, pairHash)) known.push(previous);
        else found.push({ matchId, npi: person.npi, score: candidate.score, reasons: candidate.reasons, pairHash, ...present('previous', previous) });
      }
    }

    return { verb: 'recordScreeningRun', partId, ...scope, part, clinicians: people.map(({ person: { npi } }) => npi), found, known };
  }

  /** People under all names and numbers that the registry knows. */
  async #known(people: readonly ScreenedPerson[]): Promise<readonly ScreenedPerson[]> {
    const known = await this.#registry.identities(SERVICE_ROLE, people.map(({ npi }) => npi));

    return people.map((person) => asKnown(person, known));
  }

  /** A run rests on files that the consortium knows by their hashes; whether two organisations told each of them. */
  async #assertTold(source: string, files: readonly StoredFile[]): Promise<boolean> {
    const told = await this.#registry.exclusionSnapshots(SERVICE_ROLE, source);
    const snapshots = files.map((file) => told.find((one) => one.month === file.month && one.file === file.file && one.sha256 === file.sha256 && one.rows === file.rows));
    if (snapshots.includes(undefined)) throw new DomainError('EXCLUSION_SNAPSHOT_MISSING');

    return snapshots.every((snapshot) => snapshot !== undefined && isAttested(snapshot));
  }

  async #matches(): Promise<ReadonlyMap<OpaqueId, ExclusionMatchDocument>> {
    const documents = await this.#client.all<ExclusionMatchDocument>('exclusion-match', documentsAtOnce);

    return new Map(documents.map((document) => [document.id, document]));
  }

  /** The same for a clinician and an exclusion for ever, and telling neither. */
  #matchId(npi: Npi, source: string, identity: string): OpaqueId {
    return opaqueIdOf(this.#secret.mac('exclusion-match', npi, source, identity));
  }
}

/** Asks at most once, and not at all where nobody wants to know. */
function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;

  return () => (answer ??= ask());
}

/** Exclusions that are over are no reason to stop anything; those that begin later are. */
function isInForce({ row }: Candidate, today: PlainDate): boolean {
  return row.reinstatedOn === undefined || row.reinstatedOn > today;
}

function nameOf({ source, month, file, sha256: hash }: StoredFile): ExclusionFileName {
  return { source, month, file, sha256: hash };
}

function countsOf(screened: readonly ScreenedClinician[]): Readonly<Record<ScreeningResult, number>> {
  const counts: Record<ScreeningResult, number> = { CLEAR: 0, FALSE_POSITIVE: 0, POTENTIAL: 0, CONFIRMED: 0 };
  for (const { result } of screened) counts[result] += 1;

  return counts;
}
