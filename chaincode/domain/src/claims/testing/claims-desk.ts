import { assembleAdjudication } from '../../adjudication/assemble.js';
import type { AdjudicationReading, ReferenceTableFile } from '../../adjudication/assemble.js';
import type { AdjudicationDocument, EobDocument } from '../../adjudication/adjudication.js';
import { leavesAfter } from '../../coverage/accumulator-state.js';
import { accumulatorId } from '../../coverage/accumulator.js';
import type { AccumulatorDocument } from '../../coverage/accumulator.js';
import type { BenefitPlanBody } from '../../coverage/benefit-plan.js';
import type { CoverageBody } from '../../coverage/coverage.js';
import type { HeldDocument, JointParties } from '../../documents/document.js';
import type { Effects, Execution } from '../../documents/execution.js';
import { documentKey } from '../../documents/key.js';
import type { DocumentKind } from '../../documents/key.js';
import type { ReceiptItem } from '../../documents/receipt.js';
import type { PracticeAuthority } from '../../licences/standing.js';
import type { ProviderStanding, StandingQuery } from '../../licences/standing-query.js';
import { referenceLeaf } from '../../reference-data/reference-table.js';
import type { ReferenceTableBody, ReferenceTableDocument } from '../../reference-data/reference-table.js';
import type { ReferenceEntry, TableName } from '../../reference-data/tables.js';
import { MerkleTree } from '../../shared/merkle.js';
import { sha256 } from '../../shared/testing/sha256.js';
import type { ClaimContent, ClaimDocument, OpenClaim } from '../claim.js';
import type { AdjudicationItem, Command, CommandBody, NewFeeSchedule } from '../command.js';
import type { DocumentByKind } from '../documents-by-kind.js';
import { execute, preconditionsOf } from '../verbs.js';
import { contractOf, coverageOf, idOf, planOf, usd } from './builders.js';

export const PARTIES: JointParties = { insurerMsp: 'InsurerMSP', hospitalMsp: 'HospitalMSP' };
const LICENCE = { jurisdiction: 'CA', board: 'ca-medical', type: 'MD', number: 'A1' };

/** What a test sets differently. */
export interface DeskOptions {
  readonly plan?: Partial<BenefitPlanBody>;
  readonly coverage?: Partial<CoverageBody>;
  readonly contract?: NewFeeSchedule;
  /** Further leaves of the opening totals, for limits of categories. */
  readonly limits?: Readonly<Record<string, number>>;
  /** Totals used so far by Jane and by the family, in dollars. */
  readonly used?: { readonly deductible?: number; readonly outOfPocket?: number; readonly familyDeductible?: number; readonly familyOutOfPocket?: number };
}

/**
 * Both parties' copies of the documents in memory, and the commands run on them: the domain as the chaincode uses it,
 * without a ledger.
 */
export class ClaimsDesk {
  readonly documents = new Map<string, HeldDocument>();
  /** Keys of the insurer's indexes. */
  readonly marks = new Set<string>();
  readonly waiting = new Set<string>();
  readonly waitingAs = new Map<string, OpenClaim>();
  /** What the registry says of anyone it is asked about. */
  authority: PracticeAuthority = 'FULL';
  /** The date of the next transactions. */
  today = '2026-02-10';
  /** Whose people give the next commands. */
  organisation = PARTIES.insurerMsp;
  /** Who gives the next commands. */
  person = 'tester';
  /** In which role; `service` is the insurer's own system. */
  role = 'any';
  readonly #tables: ReferenceTableFile[] = [];
  #commands = 0;

  constructor(options: DeskOptions = {}) {
    this.run({ verb: 'recordPlans', items: [{ id: idOf('plan'), version: 1, body: planOf(options.plan) }] });
    this.run({ verb: 'recordCoverages', items: [{ id: idOf('coverage'), version: 1, body: coverageOf(options.coverage) }] });
    this.run({ verb: 'recordFeeSchedules', items: [{ id: idOf('contract'), version: 1, body: options.contract ?? contractOf() }] });
    this.run({
      verb: 'recordAccumulators',
      items: [{ familyId: idOf('family'), benefitYear: '2026-01-01', currency: 'USD', version: 1, reason: 'opening', totals: openingTotals(options) }],
    });
  }

  /** Carries out a command and keeps what it writes. */
  run(body: CommandBody): Effects {
    this.#commands += 1;
    const command: Command = {
      schema: 'command/v1', commandId: idOf(`command ${this.#commands}`), salt: idOf(`salt ${this.#commands}`),
      actor: { id: this.person, role: this.role }, parties: PARTIES, body,
    };
    const effects = execute(command, this.#execution(command, preconditionsOf(body, sha256).standings));
    effects.documents.forEach((document) => { this.assertNew(document); });
    for (const document of effects.documents) this.documents.set(documentKey(document), document);
    for (const { key } of effects.index) this.marks.add(key);
    for (const key of effects.removed ?? []) this.marks.delete(key);
    for (const open of effects.opened) {
      this.waiting.add(open.claimId);
      this.waitingAs.set(open.claimId, open);
    }
    for (const claimId of effects.closed) {
      this.waiting.delete(claimId);
      this.waitingAs.delete(claimId);
    }
    return effects;
  }

  /** The ledger refuses a version that exists; the plain desk lets tests write anything. */
  protected assertNew(document: HeldDocument): void {
    if (document.version < 1) throw new Error('versions begin with 1');
  }

  /** Commits an edition of a table with these entries. */
  load(table: TableName, entries: Readonly<Record<string, ReferenceEntry>>, changes: Partial<ReferenceTableBody> = {}): void {
    const fileSha256 = 'f1'.repeat(32);
    const leaves = Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => referenceLeaf(fileSha256, key, value, sha256));
    const tree = new MerkleTree(leaves, sha256);
    const body: ReferenceTableBody = { table, edition: '2026', from: '2020-01-01', count: leaves.length, root: tree.root, fileSha256, ...changes };
    const [document] = this.run({ verb: 'recordReferenceTables', items: [{ version: 1, body }] }).documents;
    this.#tables.push({ document: document as ReferenceTableDocument, tree });
  }

  /** Submits one claim; its receipt item. */
  submit(name: string, claim: ClaimContent): ReceiptItem {
    return only(this.run({ verb: 'submitClaims', items: [{ claimId: idOf(name), claim }] }).items);
  }

  /** Decides claims that were submitted under these names; a receipt item each. */
  adjudicate(names: readonly string[], item: Partial<AdjudicationItem> = {}): readonly ReceiptItem[] {
    return this.run(assembleAdjudication(this.reading(names, item), sha256)).items;
  }

  /** Submits and decides a claim; the explanation of benefits. */
  decide(claim: ClaimContent, item: Partial<AdjudicationItem> = {}): EobDocument['body'] {
    const name = `claim ${this.#commands}`;
    expect(this.submit(name, claim)).toMatchObject({ outcome: 'ACCEPTED' });
    expect(only(this.adjudicate([name], item))).toMatchObject({ outcome: 'ADJUDICATED' });
    return this.eob(name).body;
  }

  /** What an insurer's gateway would read for these claims. */
  reading(names: readonly string[], item: Partial<AdjudicationItem> = {}): AdjudicationReading {
    const schedule = this.newest('fee-schedule', idOf('contract'));
    const accumulator = this.accumulator();
    const base = this.document('accumulator-leaves', accumulator.id, accumulator.body.baseVersion);
    const changes = Array.from({ length: accumulator.version - base.version }, (_, index) =>
      this.document('accumulator', accumulator.id, base.version + 1 + index).body.changed);
    const pages = this.all('fee-schedule-page').filter(({ version }) => version === schedule.version);
    const items = names.map((name) => ({
      claim: this.claim(name), coverageId: idOf('coverage'), feeScheduleId: schedule.id, history: [], releases: [], ...item,
    }));
    return {
      items,
      coverages: [this.newest('coverage', idOf('coverage'))],
      plans: this.all('plan'),
      feeSchedules: [{ document: schedule, entries: pages.flatMap(({ body }) => body.entries) }],
      accumulators: [{ document: accumulator, leaves: leavesAfter(base.body.leaves, changes) }],
      history: (item.history ?? []).map((id) => ({ claim: this.newest('claim', id), eob: this.newest('eob', id) })),
      ...(this.#tables.length > 0 && { referenceTables: this.#tables }),
    };
  }

  claim(name: string): ClaimDocument {
    return this.newest('claim', idOf(name));
  }

  eob(name: string): EobDocument {
    return this.newest('eob', idOf(name));
  }

  adjudication(name: string): AdjudicationDocument {
    return this.newest('adjudication', idOf(name));
  }

  /** The family's newest totals. */
  accumulator(): AccumulatorDocument {
    return this.newest('accumulator', accumulatorId(idOf('family'), '2026-01-01', sha256));
  }

  /** The newest version of a document. */
  newest<K extends DocumentKind>(kind: K, id: string): DocumentByKind[K] {
    const versions = this.all(kind).filter((one) => one.id === id).map(({ version }) => version);
    return this.document(kind, id, Math.max(0, ...versions));
  }

  document<K extends DocumentKind>(kind: K, id: string, version: number): DocumentByKind[K] {
    const found = this.all(kind).find((one) => one.id === id && one.version === version);
    if (found === undefined) throw new Error(`no ${kind} ${id} ${version}`);
    return found;
  }

  /** All documents of a kind, in the order in which they were written. */
  all<K extends DocumentKind>(kind: K): readonly DocumentByKind[K][] {
    return [...this.documents.values()].filter((one): one is DocumentByKind[K] => one.kind === kind);
  }

  #execution({ commandId, salt, parties }: Command, queries: readonly StandingQuery[]): Execution {
    const now = `${this.today}T12:00:00.000Z`;
    return {
      now, txId: 'ab'.repeat(32), actor: { mspId: this.organisation, actorId: this.person, role: this.role }, commandId, salt, parties, sha256,
      registry: {
        schema: 'standings-for-claims/v1',
        clock: { schema: 'clock/v1', tick: 7, time: now },
        members: [],
        standings: queries.map((query) => standing(query, this.authority)),
      },
    };
  }
}

/** Every leaf of the family's opening totals, in order. */
function openingTotals({ used = {}, limits = {} }: DeskOptions): readonly { readonly leaf: string; readonly usedMinor: number }[] {
  const { deductible = 0, outOfPocket = 0 } = used;
  return [
    { leaf: '01/deductible', usedMinor: usd(deductible) },
    { leaf: '01/out-of-pocket', usedMinor: usd(outOfPocket) },
    { leaf: '02/deductible', usedMinor: 0 },
    { leaf: '02/out-of-pocket', usedMinor: 0 },
    { leaf: 'family/deductible', usedMinor: usd(used.familyDeductible ?? deductible) },
    { leaf: 'family/out-of-pocket', usedMinor: usd(used.familyOutOfPocket ?? outOfPocket) },
    ...Object.entries(limits).map(([leaf, usedMinor]) => ({ leaf, usedMinor })),
  ].sort((a, b) => (a.leaf < b.leaf ? -1 : 1));
}

function standing({ npi, jurisdiction, from, thru }: StandingQuery, authority: PracticeAuthority): ProviderStanding {
  const licences = [{ licence: LICENCE, knownAt: 3, linkKnownAt: 1, periods: [] }];
  return { npi, jurisdiction, from, thru, registered: true, periods: [{ from, thru, authority }], licences };
}

function only<T>(values: readonly T[]): T {
  const [value] = values;
  if (value === undefined || values.length !== 1) throw new Error(`one expected, ${values.length} found`);
  return value;
}
