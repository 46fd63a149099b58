import {
  CLAIMS_CHANGED, COPIED_KINDS, DOCUMENT_KINDS, DomainError, assertNever, canonicalJson, freeText, integer, isPart, list, npiShape, oneOf, openKey, opaqueId, parse, parseDocumentKey, parseJson, plainDate, queueShape, readRequestsShape, text,
} from '@medaccord/domain';
import type { CopyPage, DocumentKind, DocumentPage, OpenClaim, OpenClaimPage, ReadRequest, RecomputationPage } from '@medaccord/domain';
import { documentKey } from '@medaccord/domain';
import { Info, Returns, Transaction } from '../platform/contract-api.js';
import { MedAccordContract } from '../platform/medaccord-contract.js';
import { newestOf, pageOf, take } from '../platform/private-reader.js';
import { applyCommand } from './apply.js';
import { accumulatorFile, claimFile, erasedClaims, feeScheduleFile, newestOrRefuse } from './claim-records.js';
import { claimLife, pendPage } from './claim-life.js';
import { ClaimsContext } from './claims-context.js';
import { assertReader } from './permissions.js';
import { recomputation, recomputations } from './recomputation.js';
import { historyOf, importedOf, reviewList } from './review.js';

/** Most items of one page. */
const MOST = 1000;

/**
 * Claims and what belongs to them, all in private data of the two parties. One transaction submits, `apply`; the others
 * are queries for the caller's own organisation at its own peer.
 */
@Info({ title: 'claims', description: 'Private documents of insurers and hospitals.' })
export class ClaimsContract extends MedAccordContract<ClaimsContext> {
  constructor() {
    super('claims');
  }

  override createContext(): ClaimsContext {
    return new ClaimsContext();
  }

  protected override async authorise(ctx: ClaimsContext, transaction: string): Promise<void> {
    if (transaction === 'apply') return ctx.authoriseCommand(ctx.stub.getArgs()[1] ?? '');
    assertReader(ctx.caller);
    if (ctx.stub.getMspID() !== ctx.caller.mspId) throw new DomainError('FOREIGN_PEER');
  }

  /** Carries out the command in the transient map, whose SHA-256 in hexadecimal is the argument. Answers nothing. */
  @Transaction()
  async apply(ctx: ClaimsContext, commandHash: string): Promise<void> {
    if (commandHash === '') throw new DomainError('COMMAND_HASH_MISMATCH');
    await applyCommand(ctx);
    ctx.stub.setEvent(CLAIMS_CHANGED, new Uint8Array());
  }

  /** What became of a command. */
  @Transaction(false)
  @Returns('string')
  async readReceipt(ctx: ClaimsContext, commandId: string): Promise<string> {
    return canonicalJson(await newestOrRefuse(ctx.reader, 'receipt', parse(opaqueId, commandId)));
  }

  /** Documents by their keys; null where there is none. */
  @Transaction(false)
  @Returns('string')
  async readDocuments(ctx: ClaimsContext, keys: string): Promise<string> {
    const names = parseJson(list(freeText(1, 200), 0, MOST), keys).map((key) => documentKey(parseDocumentKey(key)));
    const stored = await ctx.reader.get(names);
    return `[${stored.map((json) => json ?? 'null').join(',')}]`;
  }

  /** The newest version of a document. */
  @Transaction(false)
  @Returns('string')
  async readNewest(ctx: ClaimsContext, kind: string, id: string): Promise<string> {
    return canonicalJson(await newestOrRefuse(ctx.reader, kindOf(kind), id));
  }

  /** Documents of a kind in their newest versions, in order of their ids. */
  @Transaction(false)
  @Returns('string')
  async listDocuments(ctx: ClaimsContext, kind: string, after: string, limit: string): Promise<string> {
    const prefix = `${kindOf(kind)}~`;
    const most = limitOf(limit);
    const start = after === '' ? undefined : `${prefix}${parse(text(isPart), after)}~~`;
    const entries = await newestOf(ctx.reader.list(prefix, start), most + 1);
    const page: DocumentPage = pageOf(entries, most, ({ json }) => JSON.parse(json) as DocumentPage['items'][number], ({ id }) => id);
    return canonicalJson(page);
  }

  /** What the organisation holds together with another, byte by byte, in order of key. */
  @Transaction(false)
  @Returns('string')
  async listCopies(ctx: ClaimsContext, kind: string, after: string, limit: string): Promise<string> {
    const most = limitOf(limit);
    const prefix = `${parse(oneOf(COPIED_KINDS), kind)}~`;
    const start = after === '' ? undefined : parse(freeText(1, 200), after);
    const entries = await take(ctx.reader.list(prefix, start), most + 1);
    const page: CopyPage = pageOf(entries, most, ({ key, json }) => ({ key, bytes: json }), ({ key }) => key);
    return canonicalJson(page);
  }

  /** All that there is about a claim. */
  @Transaction(false)
  @Returns('string')
  async readClaim(ctx: ClaimsContext, claimId: string): Promise<string> {
    return canonicalJson(await claimFile(ctx.reader, parse(opaqueId, claimId)));
  }

  /** Where a claim stands, and what happened to it. */
  @Transaction(false)
  @Returns('string')
  async readClaimLife(ctx: ClaimsContext, claimId: string): Promise<string> {
    return canonicalJson(await claimLife(ctx.reader, parse(opaqueId, claimId)));
  }

  /** Waiting claims in a queue, in order of their ids. */
  @Transaction(false)
  @Returns('string')
  async listPends(ctx: ClaimsContext, queue: string, after: string, limit: string): Promise<string> {
    return canonicalJson(await pendPage(ctx.reader, parse(queueShape, queue), after === '' ? '' : parse(opaqueId, after), limitOf(limit)));
  }

  /** Claims that wait for a decision, in order of their ids. */
  @Transaction(false)
  @Returns('string')
  async listOpen(ctx: ClaimsContext, after: string, limit: string): Promise<string> {
    const most = limitOf(limit);
    const entries = await take(ctx.reader.list('open~', after === '' ? undefined : openKey(parse(opaqueId, after))), most + 1);
    const page: OpenClaimPage = pageOf(entries, most, ({ json }) => JSON.parse(json) as OpenClaim, ({ claimId }) => claimId);
    return canonicalJson(page);
  }

  /** A fee schedule with every entry. */
  @Transaction(false)
  @Returns('string')
  async readFeeSchedule(ctx: ClaimsContext, id: string): Promise<string> {
    return canonicalJson(await feeScheduleFile(ctx.reader, parse(opaqueId, id)));
  }

  /** A family's totals with every leaf. */
  @Transaction(false)
  @Returns('string')
  async readAccumulator(ctx: ClaimsContext, id: string): Promise<string> {
    return canonicalJson(await accumulatorFile(ctx.reader, parse(opaqueId, id)));
  }

  /** A person's decided claims. */
  @Transaction(false)
  @Returns('string')
  async readHistory(ctx: ClaimsContext, coverageId: string): Promise<string> {
    return canonicalJson(await historyOf(ctx, parse(opaqueId, coverageId)));
  }

  /** A person's claims in the system that the insurer used before. */
  @Transaction(false)
  @Returns('string')
  async readImported(ctx: ClaimsContext, coverageId: string): Promise<string> {
    return canonicalJson(await importedOf(ctx, parse(opaqueId, coverageId)));
  }

  /** Decided services of a provider whose standing is known otherwise today. */
  @Transaction(false)
  @Returns('string')
  async listForReview(ctx: ClaimsContext, npi: string, from: string, thru: string): Promise<string> {
    return canonicalJson(await reviewList(ctx, parse(npiShape, npi), parse(plainDate, from), parse(plainDate, thru)));
  }

  /** Computes a claim's adjudication again and compares. */
  @Transaction(false)
  @Returns('string')
  async recompute(ctx: ClaimsContext, claimId: string): Promise<string> {
    return canonicalJson(await recomputation(ctx, parse(opaqueId, claimId)));
  }

  /** Computes stored decisions again, every version, in order of key. */
  @Transaction(false)
  @Returns('string')
  async recomputeAll(ctx: ClaimsContext, after: string, limit: string): Promise<string> {
    const most = limitOf(limit);
    const start = after === '' ? undefined : documentKey(parseDocumentKey(after));
    const entries = await take(ctx.reader.list('adjudication~', start), most + 1);
    const items = await recomputations(ctx, entries.slice(0, most));
    const page: RecomputationPage = entries.length > most ? { items, next: items.at(-1)?.key ?? '' } : { items, erased: await erasedClaims(ctx.reader) };
    return canonicalJson(page);
  }

  /** Answers several queries in their order, each with what it answers or the code of its refusal. */
  @Transaction(false)
  @Returns('string')
  async readAll(ctx: ClaimsContext, requests: string): Promise<string> {
    const answers: string[] = [];
    for (const { query, args } of parseJson(readRequestsShape, requests)) answers.push(await answerOf(() => this.#read(ctx, query, args)));
    return `[${answers.join(',')}]`;
  }

  async #read(ctx: ClaimsContext, query: ReadRequest['query'], [first = '', second = '']: readonly string[]): Promise<string> {
    switch (query) {
      case 'readClaim':
        return this.readClaim(ctx, first);
      case 'readNewest':
        return this.readNewest(ctx, first, second);
      case 'readAccumulator':
        return this.readAccumulator(ctx, first);
      case 'readHistory':
        return this.readHistory(ctx, first);
      case 'readImported':
        return this.readImported(ctx, first);
      default:
        return assertNever(query);
    }
  }
}

async function answerOf(read: () => Promise<string>): Promise<string> {
  try {
    return `{"answer":${await read()}}`;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return canonicalJson({ refused: error.code });
  }
}

function kindOf(kind: string): DocumentKind {
  return parse(oneOf(DOCUMENT_KINDS), kind);
}

function limitOf(limit: string): number {
  return parse(integer(1, MOST), Number(limit));
}
