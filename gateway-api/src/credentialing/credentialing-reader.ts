import { authorityKey, CREDENTIAL_KINDS, credentialingTasks, DomainError, fileStateOn, isHeld, privilegesOn, privilegesReports } from '@medaccord/domain';
import type {
  ConsentDocument, CredentialFileDocument, CredentialingTask, CredentialKind, DelegationDocument, ExclusionMatchDocument, FileStateOn, Instant, Npi, OfficeRecords, OpaqueId, PlainDate, PracticeAuthority,
  PrivilegesDocument, PrivilegesReport, RosterDocument, VerificationDocument,
} from '@medaccord/domain';
import type { Page } from '../http/page.js';
import type { ChainReader } from '../ledger/chain-reader.js';
import type { AnyOwnDocument, CredentialsClient, OwnDocumentPage } from '../ledger/credentials-client.js';
import { SERVICE_ROLE } from '../ledger/ledger.js';
import type { RegistryClient } from '../ledger/registry-client.js';

/** Where anybody with the blocks can check that a version was recorded then. */
export interface VersionProof {
  readonly channel: string;
  readonly transactionId: string;
  readonly blockNumber: number;
}

/** One version of a document, with its place in the chain. */
export interface ProvedVersion<D extends AnyOwnDocument = AnyOwnDocument> {
  readonly document: D;
  readonly proof: VersionProof;
}

/** A document with all its versions, the newest last. */
export interface OwnRecord<D extends AnyOwnDocument = AnyOwnDocument> {
  readonly newest: D;
  readonly versions: readonly ProvedVersion<D>[];
}

/** A file, where it stands today, and the verifications that it was weighed with. */
export interface FileRecord extends OwnRecord<CredentialFileDocument> {
  readonly stateToday: FileStateOn;
  readonly verifications: readonly OwnRecord<VerificationDocument>[];
}

/** What a clinician may do on a day, out of every set of privileges. */
export interface ClinicianPrivileges {
  readonly npi: Npi;
  readonly on: PlainDate;
  /** What the registry says, in the order of the privileges. */
  readonly authorities: readonly PracticeAuthority[];
  readonly codes: readonly string[];
  readonly privileges: readonly PrivilegesDocument[];
}

const pageSize = 500;

/** Standings that the registry is asked for at once. */
const mostStandings = 500;

/** One change of credentialing information: what, when, by whom and how; why stands in the version itself. */
export interface LogEntry {
  readonly at: Instant;
  readonly actorId: string;
  readonly role: string;
  /** The command that did it. */
  readonly verb: string;
  readonly kind: CredentialKind;
  readonly id: OpaqueId;
  readonly version: number;
  readonly transactionId: string;
}

/** Reads the own collection, and says where in the chain each version stands. */
export class CredentialingReader {
  readonly #client: CredentialsClient;
  readonly #chain: ChainReader;
  readonly #registry: RegistryClient;

  constructor(client: CredentialsClient, chain: ChainReader, registry: RegistryClient) {
    this.#client = client;
    this.#chain = chain;
    this.#registry = registry;
  }

  /** Throws DOCUMENT_NOT_FOUND. */
  async record<D extends AnyOwnDocument>(kind: D['kind'], id: OpaqueId): Promise<OwnRecord<D>> {
    const documents = await this.#client.history<D>(kind, id);
    const newest = documents.at(-1);
    if (newest === undefined) throw new DomainError('DOCUMENT_NOT_FOUND', { kind });

    return { newest, versions: await Promise.all(documents.map((document) => this.#proved(document))) };
  }

  async file(id: OpaqueId): Promise<FileRecord> {
    const record = await this.record<CredentialFileDocument>('credential-file', id);
    const ids = [...new Set(record.versions.flatMap(({ document }) => document.body.verified.map(({ verificationId }) => verificationId)))].sort();
    const verifications = await Promise.all(ids.map((one) => this.record<VerificationDocument>('verification', one)));

    return { ...record, stateToday: fileStateOn(record.newest.body, today()), verifications };
  }

  async list(kind: CredentialKind, { after, limit }: Page): Promise<OwnDocumentPage> {
    return this.#client.list(kind, after, limit);
  }

  /** What a clinician may do on a day; nothing where nobody knows the clinician. */
  async privilegesOf(npi: Npi, on: PlainDate = today()): Promise<ClinicianPrivileges> {
    const privileges = (await this.#all<PrivilegesDocument>('privileges')).filter(({ body }) => body.npi === npi);

    const known = await this.#authorities(privileges, on);
    const authorities = privileges.map(({ body }) => known.get(authorityKey(body)) ?? 'UNKNOWN');
    const codes = privileges.flatMap(({ body }, index) => (authorities[index] === 'NONE' ? [] : privilegesOn(body, on)));

    return { npi, on, authorities, codes: [...new Set(codes)].sort(), privileges };
  }

  /** What is due through a day. */
  async tasks(thru: PlainDate): Promise<readonly CredentialingTask[]> {
    const privileges = await this.#all<PrivilegesDocument>('privileges');
    const records: OfficeRecords = {
      consents: await this.#all<ConsentDocument>('consent'),
      verifications: await this.#all<VerificationDocument>('verification'),
      files: await this.#all<CredentialFileDocument>('credential-file'),
      delegations: await this.#all<DelegationDocument>('delegation'),
      rosters: await this.#all<RosterDocument>('roster'),
      matches: await this.#all<ExclusionMatchDocument>('exclusion-match'),
      privileges,
      authorities: await this.#authorities(privileges.filter(isHeld), today()),
    };

    return credentialingTasks(records, today(), thru);
  }

  /** What the registry says on a day of each of these clinicians. */
  async #authorities(privileges: readonly PrivilegesDocument[], on: PlainDate): Promise<ReadonlyMap<string, PracticeAuthority>> {
    const clinicians = [...new Map(privileges.map(({ body }) => [authorityKey(body), body])).entries()];
    const found = new Map<string, PracticeAuthority>();
    for (let from = 0; from < clinicians.length; from += mostStandings) {
      const some = clinicians.slice(from, from + mostStandings);
      const asked = some.map(([, { npi, jurisdiction }]) => ({ npi, jurisdiction, from: on, thru: on }));
      const { standings } = await this.#registry.standingsForClaims(SERVICE_ROLE, { members: [], standings: asked });
      some.forEach(([key], index) => found.set(key, standings[index]?.periods[0]?.authority ?? 'UNKNOWN'));
    }

    return found;
  }

  /** Every change on days from the first through the last, in the order of time: for the yearly audit of information integrity. */
  async log(from: PlainDate, thru: PlainDate): Promise<readonly LogEntry[]> {
    const entries: LogEntry[] = [];
    for (const kind of CREDENTIAL_KINDS) {
      for (const { id } of await this.#all(kind)) {
        const changes = (await this.#client.history(kind, id)).filter(({ recorded }) => from <= recorded.at.slice(0, 10) && recorded.at.slice(0, 10) <= thru);
        for (const change of changes) entries.push(await this.#logged(change));
      }
    }

    return entries.sort((first, second) => (first.at < second.at ? -1 : 1));
  }

  /** What is to be reported to the data bank, and perhaps what was. */
  async npdbReports(withReported: boolean): Promise<readonly PrivilegesReport[]> {
    return privilegesReports(await this.#all<PrivilegesDocument>('privileges'), withReported);
  }

  async #logged({ kind, id, version, recorded }: AnyOwnDocument): Promise<LogEntry> {
    const { at, by: { actorId, role }, commandId, txId } = recorded;

    return { at, actorId, role, verb: (await this.#client.receipt(commandId)).body.verb, kind, id, version, transactionId: txId };
  }

  async #all<D extends AnyOwnDocument>(kind: D['kind']): Promise<readonly D[]> {
    const items: D[] = [];
    for (let after: string | undefined = ''; after !== undefined;) {
      const page: OwnDocumentPage = await this.#client.list(kind, after, pageSize);
      // A list of one kind holds documents of that kind alone.
      items.push(...(page.items as readonly D[]));
      after = page.next;
    }

    return items;
  }

  async #proved<D extends AnyOwnDocument>(document: D): Promise<ProvedVersion<D>> {
    const { txId } = document.recorded;

    return { document, proof: { channel: this.#chain.channel, transactionId: txId, blockNumber: await this.#chain.blockNumberOf(txId) } };
  }
}


function today(): PlainDate {
  return new Date().toISOString().slice(0, 10);
}
