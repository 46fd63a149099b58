import {
  TRANSIENT_COMMAND, VERBS, accumulatorId, accumulatorInput, addDays, assembleAdjudication, benefitYearOf, commandHash, encodeCommand, endorsingOrganisations, personKey,
} from '@medaccord/domain';
import type {
  AccumulatorFile, AdjudicateClaims, AdjudicationItem, BenefitPlanBody, ClaimContent, ClaimFile, Command, CommandBody, CoverageDocument, EobDocument, FeeScheduleFile, HistoryInput, IssueRemittance, LicenceKey, MandateDocument,
  OpenClaimPage, Parties, PlanDocument, Receipt, ReferenceTableFile, ReopenClaims, ReversalInput, SubmitClaims,
} from '@medaccord/domain';
import { sha256 } from '../../platform/sha256.js';
import type { Committed, ContractNetwork, Party } from '../../testing/contract-network.js';
import { assertValid, inRole, startFoundedNetwork } from '../../testing/founded-registry.js';
import { organisations } from '../../testing/organisations.js';
import type { OrganisationOfTest } from '../../testing/organisations.js';
import { contract, plan } from './terms.js';

export const INSURER = organisations.insurer.mspId;
export const HOSPITAL = organisations.hospital.mspId;
export const OTHER_HOSPITAL: OrganisationOfTest = { mspId: 'MercyMSP', name: 'mercy', kind: 'hospital', units: [] };
export const BOTH: Parties = { insurerMsp: INSURER, hospitalMsp: HOSPITAL };

/** The people of the tests by role, at their organisation. */
export const PEOPLE = {
  'plan-admin': 'insurer', 'reference-data': 'insurer', 'claims-examiner': 'insurer', 'claims-supervisor': 'insurer', finance: 'insurer', 'privacy-officer': 'insurer', biller: 'hospital', denials: 'hospital',
} as const;
export type Role = keyof typeof PEOPLE;

/** What a test changes in a command before it is sent. */
export interface Envelope {
  readonly commandId?: string;
  readonly salt?: string;
  readonly parties?: Parties;
  readonly actor?: Command['actor'];
  readonly mandate?: MandateDocument;
  readonly by?: Party;
  readonly endorsers?: readonly string[];
}

const today = new Date().toISOString().slice(0, 10);
/** A day of service that lies well in the past. */
export const SERVICE_DAY = addDays(today, -30);
const BENEFIT_YEAR = benefitYearOf(plan(), SERVICE_DAY);
export const LICENCE: LicenceKey = { jurisdiction: 'CA', board: 'ca-medical', type: 'MD', number: 'A1' };

/** An insurer, two hospitals, a board with one licensed clinician, and the commands that they give. */
export class ClaimsTown {
  readonly network: ContractNetwork;
  readonly #people = new Map<Role, Promise<Party>>();
  #ids = 0;
  #ticks = 0;

  private constructor(network: ContractNetwork) {
    this.network = network;
  }

  static async start(others: readonly OrganisationOfTest[] = []): Promise<ClaimsTown> {
    const town = await ClaimsTown.startWithoutClock(others);
    await town.tick();
    await town.license('1234567893', LICENCE);
    return town;
  }

  static async startWithoutClock(others: readonly OrganisationOfTest[] = []): Promise<ClaimsTown> {
    return new ClaimsTown(await startFoundedNetwork(['registry', 'claims'], [OTHER_HOSPITAL, ...others]));
  }

  /** The terms of insurance that most tests share; ids of plan and contract. */
  async insure(changes: Partial<BenefitPlanBody> = {}): Promise<{ readonly planId: string; readonly feeScheduleId: string }> {
    const [planId, feeScheduleId] = [this.newId(), this.newId()];
    await this.apply('plan-admin', { verb: 'recordPlans', items: [{ id: planId, version: 1, body: plan(changes) }] });
    await this.apply('plan-admin', { verb: 'recordFeeSchedules', items: [{ id: feeScheduleId, version: 1, body: contract() }] });
    return { planId, feeScheduleId };
  }

  /** Enrols the patient of a claim with a family of their own; the ids. */
  async enrol(claim: ClaimContent, planId: string): Promise<{ readonly coverageId: string; readonly familyId: string }> {
    const [coverageId, familyId] = [this.newId(), this.newId()];
    const periods = [{ from: '2020-01-01', planId }];
    await this.apply('plan-admin', {
      verb: 'recordCoverages',
      items: [{ id: coverageId, version: 1, body: { personKey: personKey(claim), known: true, familyId, person: '01', periods, reason: 'enrolled' } }],
    });
    const totals = ['01/deductible', '01/out-of-pocket', 'family/deductible', 'family/out-of-pocket'].map((leaf) => ({ leaf, usedMinor: 0 }));
    await this.apply('plan-admin', { verb: 'recordAccumulators', items: [{ familyId, benefitYear: BENEFIT_YEAR, currency: 'USD', version: 1, reason: 'opening', totals }] });
    return { coverageId, familyId };
  }

  /** Submits claims of the hospital; their ids. */
  async submit(...claims: readonly ClaimContent[]): Promise<readonly string[]> {
    const items: SubmitClaims['items'] = claims.map((claim) => ({ claimId: this.newId(), claim }));
    await this.apply('biller', { verb: 'submitClaims', items });
    return items.map(({ claimId }) => claimId);
  }

  /** What the examiner's gateway puts together from what it reads at the insurer's peer. */
  async adjudication(claimIds: readonly string[], ids: { readonly coverageId: string; readonly planId: string; readonly feeScheduleId: string }, history: readonly HistoryInput[] = [], referenceTables: readonly ReferenceTableFile[] = []): Promise<AdjudicateClaims> {
    const examiner = await this.person('claims-examiner');
    const read = async <T>(...args: readonly [string, ...string[]]): Promise<T> => (await examiner.evaluate('claims', args[0], args.slice(1))) as T;
    const coverage = await read<CoverageDocument>('readNewest', 'coverage', ids.coverageId);
    const files: ClaimFile[] = [];
    for (const claimId of claimIds) files.push(await read<ClaimFile>('readClaim', claimId));
    const items = files.map(({ claim }): AdjudicationItem => ({
      claim, coverageId: ids.coverageId, feeScheduleId: ids.feeScheduleId, history: history.map((input) => input.claim.id), releases: [],
    }));
    const accumulator = accumulatorId(coverage.body.familyId ?? '', BENEFIT_YEAR, sha256);
    return assembleAdjudication({
      items,
      coverages: [coverage],
      plans: [await read<PlanDocument>('readNewest', 'plan', ids.planId)],
      feeSchedules: [await read<FeeScheduleFile>('readFeeSchedule', ids.feeScheduleId)],
      accumulators: [await read<AccumulatorFile>('readAccumulator', accumulator)],
      history,
      referenceTables,
    }, sha256);
  }

  /** Pays decided claims, with nothing taken back unless told otherwise, on an account of this test alone. */
  remittance(eobs: readonly EobDocument[], totalMinor: number, changes: Partial<IssueRemittance> = {}): IssueRemittance {
    return {
      verb: 'issueRemittance', remittanceId: this.newId(), currency: 'USD', payee: 'hospital', totalMinor, eobs, reversals: [], recoverLater: [], recoveries: [], refunds: [],
      payment: { method: totalMinor === 0 ? 'NON' : 'ACH', traceNumber: 'T-1', date: today }, account: { accountId: this.newId() }, ...changes,
    };
  }

  /** The newest decision on a claim, as the insurer's gateway reads it, to be taken back. */
  async decision(claimId: string): Promise<ReversalInput> {
    const { claim, adjudication, eob, payment } = await this.read<ClaimFile>('claims-examiner', 'readClaim', claimId);
    if (adjudication === null || eob === null) throw new Error('a decision expected');
    return { claim, adjudication, eob, ...(payment !== null && payment.version === adjudication.version && { payment }) };
  }

  /** A supervisor's command that opens a decision again. */
  async reopening(claimId: string, familyId: string): Promise<ReopenClaims> {
    const decision = await this.decision(claimId);
    const file = await this.read<AccumulatorFile>('claims-examiner', 'readAccumulator', accumulatorId(familyId, BENEFIT_YEAR, sha256));
    return { verb: 'reopenClaims', items: [{ decision, cause: 'RECONSIDERATION', reason: 'looked at again' }], accumulators: [accumulatorInput(file, [], [decision], sha256)] };
  }

  /** Gives a command and waits until it is committed; its receipt, read at the caller's own peer. Throws where it is invalid. */
  async apply(role: Role, body: CommandBody, envelope: Envelope = {}): Promise<Receipt> {
    const command = this.command(role, body, envelope);
    assertValid(await this.send(role, command, envelope));
    return (await (await this.person(role)).evaluate('claims', 'readReceipt', [command.commandId])) as Receipt;
  }

  /** A command as a gateway would make it. */
  command(role: Role, body: CommandBody, { commandId, salt, parties, actor, mandate }: Envelope = {}): Command {
    const isInsurersOwn = Object.hasOwn(VERBS, body.verb) && !VERBS[body.verb].joint;
    return {
      schema: 'command/v1',
      commandId: commandId ?? this.newId(),
      salt: salt ?? this.newId(),
      actor: actor ?? { id: `person-${role}`, role },
      ...(mandate && { mandate }),
      parties: parties ?? (isInsurersOwn ? { insurerMsp: INSURER } : BOTH),
      body,
    };
  }

  /** Sends a command with everything as it should be, unless told otherwise. */
  async send(role: Role, command: Command, { by, endorsers }: Envelope = {}): Promise<Committed> {
    const bytes = encodeCommand(command);
    const sender = by ?? (await this.person(role));
    return sender.submit('claims', 'apply', commandHash(bytes, sha256), {
      transient: { [TRANSIENT_COMMAND]: bytes },
      endorsers: endorsers ?? endorsingOrganisations(command, organisations[PEOPLE[role]].mspId),
    });
  }

  /** Has a command endorsed, lets something happen, and submits it then; Fabric's validation code. */
  async endorseThen(role: Role, command: Command, meanwhile: () => Promise<unknown>): Promise<number> {
    const bytes = encodeCommand(command);
    const endorsers = endorsingOrganisations(command, organisations[PEOPLE[role]].mspId);
    const options = { transient: { [TRANSIENT_COMMAND]: bytes }, endorsers };
    return (await this.person(role)).endorseThen('claims', 'apply', commandHash(bytes, sha256), options, meanwhile);
  }

  /** A query by a person at its own organisation's peer. */
  async read<T>(role: Role, query: string, ...args: readonly string[]): Promise<T> {
    return (await (await this.person(role)).evaluate('claims', query, args)) as T;
  }

  /** Ids of the claims that wait, as an organisation's own peer has them. */
  async waiting(role: Role): Promise<readonly string[]> {
    return (await this.read<OpenClaimPage>(role, 'listOpen', '', '1000')).items.map(({ claimId }) => claimId);
  }

  /** A person in a role; enrolled once. */
  person(role: Role): Promise<Party> {
    const person = this.#people.get(role) ?? inRole(this.network, PEOPLE[role], role);
    this.#people.set(role, person);
    return person;
  }

  /** The clock's next tick. */
  async tick(): Promise<void> {
    this.#ticks += 1;
    const time = new Date(Date.now() + this.#ticks).toISOString();
    assertValid(await (await inRole(this.network, 'office', 'member-admin')).submit('registry', 'advanceClock', { time }));
  }

  /** A board's licence, held by this provider. */
  async license(npi: string, licence: LicenceKey): Promise<void> {
    const registrar = await inRole(this.network, 'board', 'registrar');
    const send = async (transaction: string, item: object): Promise<void> => {
      const { result } = await registrar.submit('registry', transaction, { items: [item] });
      if (/REFUSED/.test(result)) throw new Error(result);
    };
    await send('issueLicences', { actionId: this.newId(), licence, effectiveFrom: '2010-01-01', status: 'ACTIVE' });
    await send('registerProviders', { npi, type: 'individual', name: { family: 'Byron', given: 'Ada' }, taxonomies: ['207R00000X'] });
    await send('linkProviderLicences', { type: 'ASSERT', npi, licence });
  }

  /** A new 32-digit id. */
  newId(): string {
    this.#ids += 1;
    return this.#ids.toString(16).padStart(32, '0');
  }

  stop(): Promise<void> {
    return this.network.stop();
  }
}
