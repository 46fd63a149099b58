import { CREDENTIALS_CHANGED, CREDENTIAL_KINDS, DomainError, canonicalJson, documentKey, integer, oneOf, opaqueId, parse } from '@medaccord/domain';
import { Info, Returns, Transaction } from '../platform/contract-api.js';
import { MedAccordContract } from '../platform/medaccord-contract.js';
import { newestOf, pageOf, take } from '../platform/private-reader.js';
import { applyOwnCommand } from './apply.js';
import { CredentialsContext } from './credentials-context.js';
import { assertCredentialReader } from './permissions.js';

/** Most items of one page. */
const MOST = 1000;

/**
 * Verifications, credential files, privileges and what belongs to them, all in private data of their one owner. One
 * transaction submits, `apply`; the others are queries for the owner's own people at its own peer.
 */
@Info({ title: 'credentials', description: 'Private documents of credentialing organisations.' })
export class CredentialsContract extends MedAccordContract<CredentialsContext> {
  constructor() {
    super('credentials');
  }

  override createContext(): CredentialsContext {
    return new CredentialsContext();
  }

  protected override async authorise(ctx: CredentialsContext, transaction: string): Promise<void> {
    if (transaction === 'apply') return ctx.authoriseCommand(ctx.stub.getArgs()[1] ?? '');
    assertCredentialReader(ctx.caller);
    if (ctx.stub.getMspID() !== ctx.caller.mspId) throw new DomainError('FOREIGN_PEER');
  }

  /** Carries out the command in the transient map, whose SHA-256 in hexadecimal is the argument. Answers nothing. */
  @Transaction()
  async apply(ctx: CredentialsContext, commandHash: string): Promise<void> {
    if (commandHash === '') throw new DomainError('COMMAND_HASH_MISMATCH');
    await applyOwnCommand(ctx);
    ctx.stub.setEvent(CREDENTIALS_CHANGED, new Uint8Array());
  }

  /** What became of a command. */
  @Transaction(false)
  @Returns('string')
  async readReceipt(ctx: CredentialsContext, commandId: string): Promise<string> {
    const [receipt] = await ctx.reader.get([documentKey({ kind: 'credentials-receipt', id: parse(opaqueId, commandId), version: 1 })]);
    return found(receipt, 'credentials-receipt');
  }

  /** The newest version of a document. */
  @Transaction(false)
  @Returns('string')
  async readNewest(ctx: CredentialsContext, kind: string, id: string): Promise<string> {
    const [last] = await newestOf(ctx.reader.list(`${kindOf(kind)}~${parse(opaqueId, id)}~`), 1);
    return found(last?.json, kind);
  }

  /** Every version of a document, oldest first: what the owner knew, and since when. */
  @Transaction(false)
  @Returns('string')
  async readHistory(ctx: CredentialsContext, kind: string, id: string): Promise<string> {
    const entries = [...(await take(ctx.reader.list(`${kindOf(kind)}~${parse(opaqueId, id)}~`)))];
    // Keys sort as texts, so that version 10 comes before 2.
    const version = (key: string): number => Number(key.slice(key.lastIndexOf('~') + 1));
    entries.sort((first, second) => version(first.key) - version(second.key));
    return `[${entries.map(({ json }) => json).join(',')}]`;
  }

  /** Documents of a kind in their newest versions, in order of their ids. */
  @Transaction(false)
  @Returns('string')
  async listDocuments(ctx: CredentialsContext, kind: string, after: string, limit: string): Promise<string> {
    const prefix = `${kindOf(kind)}~`;
    const most = parse(integer(1, MOST), Number(limit));
    const start = after === '' ? undefined : `${prefix}${parse(opaqueId, after)}~~`;
    const entries = await newestOf(ctx.reader.list(prefix, start), most + 1);
    return canonicalJson(pageOf(entries, most, ({ json }) => JSON.parse(json) as { readonly id: string }, ({ id }) => id));
  }
}

function kindOf(kind: string): string {
  return parse(oneOf(CREDENTIAL_KINDS), kind);
}

function found(json: string | undefined, kind: string): string {
  if (json === undefined) throw new DomainError('DOCUMENT_NOT_FOUND', { kind });
  return json;
}
