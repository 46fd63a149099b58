import type {
  AdvanceClock, ApplicationCommand, ApplicationDocument, Batch, BoardOfficer, Clock, CompactView, DefineStatusWords, ExclusionSnapshot, IdentityOutcome, Initialise,
  Instant, IntroduceIssuerKey, IntroducePractitioner, IssuerKey, ItemOutcome, Licence, LicenceEvent, LicenceKey, LicenceView, LinkOutcome, Member, Npi, OpaqueId,
  OrderDocument, OrderDocumentQuery, PlainDate, PractitionerCertificate, PractitionerQuery, Provider, ProviderIdentity, ProviderLinks, RecordExclusionSnapshot,
  RegisterMember, RegistryConfiguration, ReportSource, RevokeIssuerKey, SealedEvent, SignedBatchVoid, SignedBoardOrder, SourceReport, Standing, StandingAsked,
  StandingsForClaimsRequest, StandingsForClaimsResponse, StatusWords, UpdateMember,
} from '@medaccord/domain';
import { APPLICATION_TRANSACTIONS, encodeApplicationCommand } from '@medaccord/domain';
import type { Actor } from '../auth/caller.js';
import type { GatewayConfig } from '../config/gateway-config.js';
import type { WriteRequest } from '../idempotency/write-request.js';
import { commandIdOf } from './claims-client.js';
import { sendCommand } from './command-sending.js';
import { identityName } from './enrolled-identities.js';
import { SERVICE_ROLE } from './ledger.js';
import type { Ledger } from './ledger.js';
import { noJournal } from './transaction.js';
import type { SubmissionJournal } from './transaction.js';

/** Where a fact stands on the channel. */
export interface Proof {
  readonly transactionId: string;
  readonly blockNumber: number;
}

/** What a transaction returned, and where it stands. */
export type Recorded<T> = T & { readonly proof: Proof };

/** In which role, and for which unit of the organisation, somebody acts. */
export interface RegistryActor {
  readonly role: string;
  readonly unit?: string;
}

/** The part of a write that the registry needs: who acts, and the journal of its transaction. */
export interface RegistryWrite {
  readonly actor: RegistryActor;
  readonly journal: SubmissionJournal;
}

export interface InitialisedRegistry {
  readonly configuration: RegistryConfiguration;
  readonly member: Member;
}

export interface MemberOutcome {
  readonly outcome: 'REGISTERED' | 'UPDATED' | 'ALREADY_RECORDED';
  readonly member: Member;
}

/** Outcomes in the order of the items; an item that is refused leaves the others alone. */
export interface BatchOutcome<T> {
  readonly outcomes: readonly T[];
}

export interface BoardOrderOutcome {
  readonly outcome: 'RECORDED' | 'ALREADY_RECORDED';
  readonly id: string;
  /** Position of the order's last step in the licence's events. */
  readonly sequence: number;
}

export interface SourceReportOutcome {
  readonly outcome: 'REPORTED' | 'ALREADY_RECORDED';
  readonly report: SourceReport;
}

export interface OfficerOutcome {
  readonly outcome: 'INTRODUCED' | 'WITHDRAWN' | 'ALREADY_RECORDED';
  readonly officer: BoardOfficer;
}

export interface PractitionerOutcome {
  readonly outcome: 'INTRODUCED' | 'WITHDRAWN' | 'ALREADY_RECORDED';
  readonly practitioner: PractitionerCertificate;
}

export interface IssuerKeyOutcome {
  readonly outcome: 'INTRODUCED' | 'REVOKED' | 'ALREADY_RECORDED';
  readonly key: IssuerKey;
}

export interface ExclusionSnapshotOutcome {
  readonly outcome: 'RECORDED' | 'ALREADY_RECORDED';
  readonly snapshot: ExclusionSnapshot;
}

export interface ProviderRecord {
  readonly provider: Provider;
  readonly links: readonly ProviderLinks[];
  /** What was said about who it is; absent where nothing was. */
  readonly identity?: ProviderIdentity;
}

/** What was said about people: of them and of all numbers that this leads to, where anything was. */
export interface KnownIdentities {
  readonly identities: readonly ProviderIdentity[];
  readonly providers: readonly Provider[];
}

export interface LicenceRecord {
  readonly licence: Licence;
  readonly events: readonly (LicenceEvent | SealedEvent)[];
  /** What is wrong with the recorded events, if anything; then the standing is UNKNOWN. */
  readonly faults: readonly unknown[];
  /** Today, where it is in a compact. */
  readonly compact?: CompactView;
}

/** The registry chaincode in the words of the domain; every transaction is signed by the actor's own enrolled identity. */
export class RegistryClient {
  readonly #ledger: Ledger;
  readonly #chaincode: string;
  readonly #endorsers: readonly string[];
  readonly #mspId: string;

  constructor(ledger: Ledger, config: Pick<GatewayConfig, 'mspId' | 'ledger'>) {
    this.#mspId = config.mspId;
    this.#ledger = ledger;
    this.#chaincode = config.ledger.registryChaincode;
    this.#endorsers = config.ledger.registryEndorsers;
  }

  async initialise(write: RegistryWrite, command: Initialise): Promise<Recorded<InitialisedRegistry>> {
    return this.#submit(write, 'initialise', command);
  }

  async registerMember(write: RegistryWrite, command: RegisterMember): Promise<Recorded<MemberOutcome>> {
    return this.#submit(write, 'registerMember', command);
  }

  async updateMember(write: RegistryWrite, command: UpdateMember): Promise<Recorded<MemberOutcome>> {
    return this.#submit(write, 'updateMember', command);
  }

  async advanceClock(write: RegistryWrite, command: AdvanceClock): Promise<Recorded<Clock>> {
    return this.#submit(write, 'advanceClock', command);
  }

  /** A tick by the gateway itself; a tick that is missed is made up for by the next. */
  async tick(time: Instant): Promise<Recorded<Clock>> {
    return this.#submit({ actor: { role: SERVICE_ROLE }, journal: noJournal }, 'advanceClock', { time });
  }

  async registerProviders(write: RegistryWrite, batch: Batch): Promise<Recorded<BatchOutcome<ItemOutcome<'REGISTERED'>>>> {
    return this.#submit(write, 'registerProviders', batch);
  }

  async linkProviderLicences(write: RegistryWrite, batch: Batch): Promise<Recorded<BatchOutcome<LinkOutcome>>> {
    return this.#submit(write, 'linkProviderLicences', batch);
  }

  async recordIdentities(write: RegistryWrite, batch: Batch): Promise<Recorded<BatchOutcome<IdentityOutcome>>> {
    return this.#submit(write, 'recordIdentities', batch);
  }

  /** `step` tells the transactions of one request apart, where it makes several. */
  async issueLicences(write: RegistryWrite, batch: Batch, step = 'issueLicences'): Promise<Recorded<BatchOutcome<ItemOutcome<'ISSUED'>>>> {
    return this.#submit(write, 'issueLicences', batch, step);
  }

  async recordBoardOrder(write: RegistryWrite, order: SignedBoardOrder): Promise<Recorded<BoardOrderOutcome>> {
    return this.#submit(write, 'recordBoardOrder', order);
  }

  async recordBoardOrders(write: RegistryWrite, batch: Batch): Promise<Recorded<BatchOutcome<ItemOutcome<'RECORDED'>>>> {
    return this.#submit(write, 'recordBoardOrders', batch);
  }

  /** Strikes what an import brought, of at most 500 licences; `step` tells the transactions of one request apart. */
  async voidImportBatch(write: RegistryWrite, signed: SignedBatchVoid, step: string): Promise<Recorded<BatchOutcome<ItemOutcome<'VOIDED'>>>> {
    return this.#submit(write, 'voidImportBatch', signed, step);
  }

  /** Adds the next version of a board's table of status words. */
  async defineStatusWords(write: RegistryWrite, table: DefineStatusWords): Promise<Recorded<{ readonly outcome: 'DEFINED'; readonly words: StatusWords }>> {
    return this.#submit(write, 'defineStatusWords', table);
  }

  /** Every version of a board's table of status words, the first one first. */
  async statusWords(role: string, board: string): Promise<readonly StatusWords[]> {
    return this.#evaluate(role, 'readStatusWords', { board });
  }

  /** Says up to when a board has recorded all that it decided. */
  async reportSource(write: RegistryWrite, report: ReportSource): Promise<Recorded<SourceReportOutcome>> {
    return this.#submit(write, 'reportSource', report);
  }

  /** Introduces the certificate of the actor's role as one that may sign orders. */
  async introduceOfficer(write: RegistryWrite): Promise<Recorded<OfficerOutcome>> {
    return this.#submit(write, 'introduceOfficer', {});
  }

  async withdrawOfficer(write: RegistryWrite, fingerprint: string): Promise<Recorded<OfficerOutcome>> {
    return this.#submit(write, 'withdrawOfficer', { fingerprint });
  }

  /** Carries out a command about an application, at the own organisation's peer alone and under the gateway's own identity. */
  async keepApplication(write: WriteRequest, step: string, actor: Actor, body: ApplicationCommand['body']): Promise<void> {
    const command: ApplicationCommand = { schema: 'application-command/v1', commandId: commandIdOf(write, step), salt: write.derive(`salt ${step}`).toString('hex'), actor: { id: actor.id, role: actor.role }, body };
    await sendCommand(this.#ledger, write.journal, step, { chaincode: this.#chaincode, transaction: APPLICATION_TRANSACTIONS.keep, bytes: encodeApplicationCommand(command), endorsers: [this.#mspId] });
  }

  /** Every version of an application of the own board, oldest first. */
  async application(applicationId: OpaqueId): Promise<readonly ApplicationDocument[]> {
    return this.#evaluate(SERVICE_ROLE, APPLICATION_TRANSACTIONS.read, { applicationId });
  }

  /** Applications of the own boards in their newest versions. */
  async applications(page: { readonly after?: OpaqueId; readonly limit: number }): Promise<{ readonly items: readonly ApplicationDocument[]; readonly next?: OpaqueId }> {
    return this.#evaluate(SERVICE_ROLE, APPLICATION_TRANSACTIONS.list, page);
  }

  /** Introduces a practitioner's own certificate for the board. */
  async introducePractitioner(write: RegistryWrite, command: IntroducePractitioner): Promise<Recorded<PractitionerOutcome>> {
    return this.#submit(write, 'introducePractitioner', command);
  }

  async withdrawPractitioner(write: RegistryWrite, query: PractitionerQuery): Promise<Recorded<PractitionerOutcome>> {
    return this.#submit(write, 'withdrawPractitioner', query);
  }

  async practitioners(role: string, npi: Npi): Promise<readonly PractitionerCertificate[]> {
    return this.#evaluate(role, 'readPractitioners', { npi });
  }

  /** Keeps the narrative of a recorded order: at the own organisation's peer alone, which nobody else may see. */
  async keepOrderDocument(write: RegistryWrite, query: OrderDocumentQuery, document: Pick<OrderDocument, 'salt' | 'narrative'>): Promise<void> {
    const transient = { document: Buffer.from(JSON.stringify(document)) };
    const request = { chaincode: this.#chaincode, transaction: 'keepOrderDocument', args: [JSON.stringify(query)], transient, endorsers: [this.#mspId], identityRole: identityName(write.actor) };
    await this.#ledger.submit(request, write.journal, 'keepOrderDocument');
  }

  async orderDocument(actor: RegistryActor, query: OrderDocumentQuery): Promise<OrderDocument> {
    return this.#evaluate(identityName(actor), 'readOrderDocument', query);
  }

  /** The people of the own organisation who may sign orders. */
  async officers(role: string): Promise<readonly BoardOfficer[]> {
    return this.#evaluate(role, 'readOfficers', { mspId: this.#mspId });
  }

  async introduceIssuerKey(write: RegistryWrite, command: IntroduceIssuerKey): Promise<Recorded<IssuerKeyOutcome>> {
    return this.#submit(write, 'introduceIssuerKey', command);
  }

  async revokeIssuerKey(write: RegistryWrite, command: RevokeIssuerKey): Promise<Recorded<IssuerKeyOutcome>> {
    return this.#submit(write, 'revokeIssuerKey', command);
  }

  /** The keys with which the own organisation signs attestations, revoked ones among them. */
  async issuerKeys(role: string): Promise<readonly IssuerKey[]> {
    return this.#evaluate(role, 'readIssuerKeys', { mspId: this.#mspId });
  }

  async recordExclusionSnapshot(write: RegistryWrite, command: RecordExclusionSnapshot): Promise<Recorded<ExclusionSnapshotOutcome>> {
    return this.#submit(write, 'recordExclusionSnapshot', command);
  }

  /** The files of an exclusion list that stewards have told, all of them or those of a month. */
  async exclusionSnapshots(role: string, source: string, month?: string): Promise<readonly ExclusionSnapshot[]> {
    return this.#evaluate(role, 'readExclusionSnapshots', { source, ...(month === undefined ? {} : { month }) });
  }

  async configuration(role: string): Promise<RegistryConfiguration> {
    return this.#evaluate(role, 'readConfiguration');
  }

  async member(role: string, mspId: string): Promise<Member> {
    return this.#evaluate(role, 'readMember', { mspId });
  }

  async members(role: string): Promise<readonly Member[]> {
    return this.#evaluate(role, 'readMembers');
  }

  async clock(role: string): Promise<Clock> {
    return this.#evaluate(role, 'readClock');
  }

  async provider(role: string, npi: Npi): Promise<ProviderRecord> {
    return this.#evaluate(role, 'readProvider', { npi });
  }

  /** What was said about who these people are, at most 1,000, with the directory's entries of all their numbers. */
  async identities(role: string, npis: readonly Npi[]): Promise<KnownIdentities> {
    return this.#evaluate(role, 'readIdentities', { npis });
  }

  async licence(role: string, licence: LicenceKey): Promise<LicenceRecord> {
    return this.#evaluate(role, 'readLicence', { licence });
  }

  /** At most 500 licences with their events and what they mean on a day, in the order asked; null for one that is not there. */
  async licences(role: string, licences: readonly LicenceKey[], asOf: PlainDate): Promise<readonly (LicenceView | null)[]> {
    return licences.length === 0 ? [] : this.#evaluate(role, 'readLicences', { licences, asOf });
  }

  /** What a licence permits on a date, as known at positions in its own, its class's and related licences' events (all of them where left out). */
  async standing(role: string, licence: LicenceKey, asked: StandingAsked): Promise<Standing> {
    return this.#evaluate(role, 'standing', { licence, ...asked });
  }

  /** Members, clock and providers' standings in one answer, as `claims` itself asks for them. */
  async standingsForClaims(role: string, request: StandingsForClaimsRequest): Promise<StandingsForClaimsResponse> {
    return this.#evaluate(role, 'standingsForClaims', request);
  }

  /** Where a request makes a transaction once, its name serves as the step. */
  async #submit<T extends object>({ actor, journal }: RegistryWrite, transaction: string, command: object, step = transaction): Promise<Recorded<T>> {
    const request = { chaincode: this.#chaincode, transaction, args: [JSON.stringify(command)], endorsers: this.#endorsers, identityRole: identityName(actor) };
    const { transactionId, blockNumber, result } = await this.#ledger.submit(request, journal, step);

    return { ...(parsed(result) as T), proof: { transactionId, blockNumber } };
  }

  async #evaluate<T>(role: string, transaction: string, query?: object): Promise<T> {
    const args = query === undefined ? [] : [JSON.stringify(query)];

    return parsed(await this.#ledger.evaluate({ chaincode: this.#chaincode, transaction, args, identityRole: role })) as T;
  }
}

/** What the chaincode returned: its type is the agreement between `registry-contract.ts` and this file. */
function parsed(result: Uint8Array): unknown {
  return JSON.parse(Buffer.from(result).toString('utf8'));
}
