import type { AppealDocument } from '../../appeals/appeal.js';
import type { FileAppeal } from '../../appeals/commands.js';
import type { AppealLevel } from '../../appeals/deadlines.js';
import type { DocumentByKind } from '../../claims/documents-by-kind.js';
import type { DocumentKind } from '../../documents/key.js';
import { claimStanding } from '../claim-state.js';
import type { ClaimStanding } from '../claim-state.js';
import { citedAuthorisations } from '../../authorisations/authorisation-states.js';
import { accumulatorInput } from '../../adjudication/assemble.js';
import type { AdjudicationReading } from '../../adjudication/assemble.js';
import type { ClaimContent } from '../../claims/claim.js';
import type { AdjudicationItem, CommandBody } from '../../claims/command.js';
import { claimOf, idOf, line } from '../../claims/testing/builders.js';
import { ClaimsDesk } from '../../claims/testing/claims-desk.js';
import { preconditionsOf } from '../../claims/verbs.js';
import type { ReopenClaims, Reopening } from '../../corrections/reopen-claims.js';
import { accumulatorOf } from '../../corrections/reverse.js';
import type { ReversalDocument, ReversalInput } from '../../corrections/reversal.js';
import { documentBytes } from '../../documents/bytes.js';
import type { HeldDocument } from '../../documents/document.js';
import type { Effects } from '../../documents/execution.js';
import { documentKey } from '../../documents/key.js';
import { CHAINED_KINDS } from '../../documents/key.js';
import type { ReceiptItem } from '../../documents/receipt.js';
import type { IssueRemittance, ReversalToRemit } from '../../remittance/commands.js';
import type { RemittanceDocument } from '../../remittance/remittance.js';
import { remittanceRun } from '../../remittance/run.js';
import { toHex } from '../../shared/bytes.js';
import { present } from '../../shared/present.js';
import { DomainError } from '../../shared/errors.js';
import { sha256 } from '../../shared/testing/sha256.js';

/** The claims desk with the ledger's own refusals, and the commands of a claim's whole life. */
export class LifeCycleDesk extends ClaimsDesk {
  #remittances = 0;

  override run(body: CommandBody): Effects {
    assertPreconditions(body, this);
    return super.run(body);
  }

  protected override assertNew(document: HeldDocument): void {
    if (this.documents.has(documentKey(document))) throw new DomainError('DOCUMENT_EXISTS', { key: documentKey(document) });
    const before = documentKey({ ...document, version: document.version - 1 });
    if (document.version > 1 && CHAINED_KINDS.includes(document.kind) && !this.documents.has(before)) throw new DomainError('STALE_VERSION', { key: documentKey(document) });
  }

  /** Gives a command as another person. */
  by<T>(person: string, act: () => T): T {
    const before = this.person;
    this.person = person;
    try {
      return act();
    } finally {
      this.person = before;
    }
  }

  /** Submits and decides a claim under a name. */
  decided(name: string, claim: ClaimContent = claimOf()): void {
    this.submit(name, claim);
    this.adjudicate([name]);
  }

  /** The newest decision on a claim, as it is taken back. */
  decision(name: string): ReversalInput {
    const [adjudication, eob] = [this.adjudication(name), this.eob(name)];
    const payment = this.all('payment').find(({ id, version }) => id === adjudication.id && version === adjudication.version);
    const authorisations = citedAuthorisations(adjudication.body.inputs).map((id) => this.newest('authorisation', id));
    return { claim: this.claim(name), adjudication, eob, ...(payment && { payment }), ...(authorisations.length > 0 && { authorisations }) };
  }

  /** The newest reversal of a claim's decisions. */
  reversal(name: string): ReversalDocument {
    return this.newest('reversal', idOf(name));
  }

  /** Submits a claim that replaces (7) or voids (8) another one. */
  correct(name: string, original: string, frequency: '7' | '8', claim: ClaimContent = claimOf([line()])): ReceiptItem {
    const known = this.all('claim').find(({ id }) => id === idOf(original));
    const content = { ...claim, frequency, originalReference: idOf(original) };
    const [item] = this.run({ verb: 'submitClaims', items: [{ claimId: idOf(name), claim: content, ...(known && { original: known }) }] }).items;
    if (item === undefined) throw new Error('an item expected');
    return item;
  }

  /** What the gateway adds for a claim that corrects another one, or is decided again. */
  override reading(names: readonly string[], item: Partial<AdjudicationItem> = {}): AdjudicationReading {
    const reading = super.reading(names, item);
    return { ...reading, items: reading.items.map((one) => ({ ...one, ...this.#corrections(one), ...item })) };
  }

  /** A supervisor opens a claim's decision again. */
  reopen(name: string, cause: Reopening['cause'] = 'RECONSIDERATION', reason = 'looked at again'): readonly ReceiptItem[] {
    const decision = this.decision(name);
    const accumulators = this.accumulatorsFor(decision);
    const appeal = cause === 'APPEAL' ? this.all('appeal').filter(({ id }) => id === decision.claim.id).at(-1) : undefined;
    return this.by('supervisor', () => this.run({ verb: 'reopenClaims', items: [{ decision, cause, reason, ...(appeal && { appeal }) }], accumulators }).items);
  }

  /** The totals that a decision posted to, with the proofs of its leaves. */
  accumulatorsFor(decision: ReversalInput): ReopenClaims['accumulators'] {
    const file = super.reading([]).accumulators[0];
    return file === undefined || accumulatorOf(decision.adjudication) === undefined ? [] : [accumulatorInput(file, [], [decision], sha256)];
  }

  /** Files a level of an appeal against a claim's newest decision. */
  appeal(name: string, level: AppealLevel = 'FIRST', changes: Partial<FileAppeal> = {}): AppealDocument {
    const before = this.all('appeal').filter(({ id }) => id === idOf(name)).at(-1);
    this.run({
      verb: 'fileAppeal', adjudication: this.adjudication(name), ...(before && { before }), track: 'member', level, urgent: false, grounds: 'the visit was needed', evidence: [], ...changes,
    });
    return this.newest('appeal', idOf(name));
  }

  /** A supervisor decides the appeal that waits. */
  decideAppeal(name: string, state: 'UPHELD' | 'OVERTURNED'): AppealDocument {
    this.by('supervisor', () => this.run({ verb: 'decideAppeal', adjudication: this.adjudication(name), appeal: this.newest('appeal', idOf(name)), state, reason: 'looked at again' }));
    return this.newest('appeal', idOf(name));
  }

  /** Where a claim stands. */
  standing(name: string): ClaimStanding {
    const newest = <K extends DocumentKind>(kind: K, id = idOf(name)): DocumentByKind[K] | null => this.all(kind).filter((one) => one.id === id).at(-1) ?? null;
    const payment = newest('payment');
    return claimStanding({
      claim: this.claim(name), open: this.waitingAs.get(idOf(name)) ?? null, eob: newest('eob'), payment, reversal: newest('reversal'), appeal: newest('appeal'),
      remittance: payment && newest('remittance', payment.body.remittanceId),
    });
  }

  /** What a remittance to the hospital over these claims would say: the reversals that belong to them are found. */
  remittance(names: readonly string[], changes: Partial<IssueRemittance> = {}): IssueRemittance {
    this.#remittances += 1;
    const eobs = names.map((name) => this.eob(name));
    const corrected = eobs.flatMap(({ body: { corrects } }) => (corrects === undefined ? [] : [this.documents.get(corrects.key) as ReversalDocument]));
    const account = this.all('payee-account').at(-1);
    const command: IssueRemittance = {
      verb: 'issueRemittance', remittanceId: idOf(`remittance ${this.#remittances}`), currency: 'USD', payee: 'hospital', totalMinor: 0,
      payment: { method: 'ACH', traceNumber: `T${this.#remittances}`, date: this.today }, eobs, reversals: corrected.map((reversal) => this.toRemit(reversal)),
      recoverLater: [], recoveries: [], refunds: [], account: { accountId: idOf('account'), ...(account && { document: account }) }, ...changes,
    };
    const { totalMinor } = remittanceRun(command, this.today, sha256).body;
    return { ...command, totalMinor, payment: { ...command.payment, method: totalMinor === 0 ? 'NON' : 'ACH' }, ...changes };
  }

  /** Pays claims and remits what was taken back before them; the remittance. */
  pay(names: readonly string[], changes: Partial<IssueRemittance> = {}): RemittanceDocument {
    const command = this.remittance(names, changes);
    this.run(command);
    return this.newest('remittance', command.remittanceId);
  }

  /** A reversal with the decision that it takes back. */
  toRemit(reversal: ReversalDocument): ReversalToRemit {
    return { reversal, eob: this.document('eob', reversal.id, reversal.version) };
  }

  #corrections({ claim }: AdjudicationItem): Partial<AdjudicationItem> {
    const reopened = this.all('reversal').filter(({ id }) => id === claim.id).at(-1);
    if (reopened !== undefined) return { reopened };
    const { originalReference } = claim.body.content;
    const original = this.all('claim').find(({ id }) => id === originalReference);
    const adjudication = this.all('adjudication').filter(({ id }) => id === originalReference).at(-1);
    const eob = this.all('eob').filter(({ id }) => id === originalReference).at(-1);
    const payment = this.all('payment').find(({ id, version }) => id === originalReference && version === adjudication?.version);
    if (original === undefined || adjudication === undefined || eob === undefined || payment === undefined) return {};
    const authorisations = citedAuthorisations(adjudication.body.inputs).map((id) => this.newest('authorisation', id));
    return { original: { claim: original, adjudication, eob, payment, ...(authorisations.length > 0 && { authorisations }) } };
  }
}

/** What the ledger would refuse before a command is carried out. */
function assertPreconditions(body: CommandBody, { documents: recordedDocuments, marks, waiting }: ClaimsDesk): void {
  const { documents, recorded, open, absent } = preconditionsOf(body, sha256);
  for (const document of [...documents, ...recorded]) {
    const known = recordedDocuments.get(documentKey(document));
    if (known === undefined) throw new DomainError('DOCUMENT_NOT_FOUND');
    if (toHex(documentBytes(known)) !== toHex(documentBytes(document))) throw new DomainError('DOCUMENT_MISMATCH');
  }
  for (const document of documents) {
    if (recordedDocuments.has(documentKey({ ...document, version: document.version + 1 }))) throw new DomainError('STALE_VERSION');
  }
  if (open.some((claimId) => !waiting.has(claimId))) throw new DomainError('CLAIM_NOT_OPEN');
  const found = absent.find(({ key }) => recordedDocuments.has(key) || marks.has(key));
  if (found !== undefined) throw new DomainError(found.code, present('input', found.input));
}
