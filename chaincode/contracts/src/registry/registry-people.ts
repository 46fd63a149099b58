import * as domain from '@medaccord/domain';
import { parseJson } from '@medaccord/domain';
import { Returns, Transaction } from '../platform/contract-api.js';
import { MedAccordContract } from '../platform/medaccord-contract.js';
import { sha256 } from '../platform/sha256.js';
import { loadIdentityContext, readIdentities, saveIdentities } from './identity-records.js';
import { loadPractitioner, loadPractitionerContext, savePractitioner } from './practitioners.js';
import { loadIssuerKey, saveIssuerKey } from './issuer-keys.js';
import { loadProviders } from './provider-records.js';
import { identitiesQueryShape, memberQueryShape, npiQueryShape } from './queries.js';
import { issuerKeys, practitionerCertificates, providerKey, providers } from './records.js';
import { RegistryContext } from './registry-context.js';

/** Most items of one batch: a transaction stays well under what one block and one message carry. */
export const MOST_ITEMS = 1000;

/** The registry's transactions about people: who is in the directory, who stands behind a number, which certificate is a practitioner's own, and by which key a board speaks outside. */
export abstract class RegistryPeople extends MedAccordContract<RegistryContext> {
  override createContext(): RegistryContext {
    return new RegistryContext();
  }

  protected override authorise(ctx: RegistryContext, transaction: string): Promise<void> {
    return ctx.authorise(transaction);
  }

  /** Enters providers in the directory; a result per item. */
  @Transaction()
  @Returns('string')
  async registerProviders(ctx: RegistryContext, request: string): Promise<string> {
    const { items } = parseJson(domain.batchShape(MOST_ITEMS), request);
    const existing = await loadProviders(ctx, domain.providersNamedIn(items));
    const { outcomes, created } = domain.registerProviders(items, existing, ctx.execution);
    for (const provider of created) await ctx.store.put(providers, providerKey(provider.npi), provider);
    ctx.emit(created.map(({ npi }) => ({ type: 'provider.registered.v1', id: npi, position: 1 })));
    return answer({ outcomes });
  }

  /** Says who stands behind numbers, agrees, doubts or takes back; a result per item. */
  @Transaction()
  @Returns('string')
  async recordIdentities(ctx: RegistryContext, request: string): Promise<string> {
    const { items } = parseJson(domain.batchShape(MOST_ITEMS), request);
    const context = await loadIdentityContext(ctx, domain.identitiesNamedIn(items));
    const { outcomes, changed, events } = domain.recordIdentities(items, context, ctx.execution);
    await saveIdentities(ctx, changed);
    ctx.emit(events);
    return answer({ outcomes });
  }

  /** Introduces a key with which the caller's organisation signs attestations. */
  @Transaction()
  @Returns('string')
  async introduceIssuerKey(ctx: RegistryContext, request: string): Promise<string> {
    const command = parseJson(domain.introduceIssuerKeyShape, request);
    const existing = await loadIssuerKey(ctx, domain.issuerKeyId(command.publicKey, sha256));
    const key = domain.introduceIssuerKey(existing, command, ctx.execution);
    if (key === undefined) return answer({ outcome: 'ALREADY_RECORDED', key: existing });
    await saveIssuerKey(ctx, key);
    return answer({ outcome: 'INTRODUCED', key });
  }

  /** Makes suspect what a key of the caller's organisation signed from an instant on. */
  @Transaction()
  @Returns('string')
  async revokeIssuerKey(ctx: RegistryContext, request: string): Promise<string> {
    const command = parseJson(domain.revokeIssuerKeyShape, request);
    const existing = await loadIssuerKey(ctx, command.keyId);
    const key = domain.revokeIssuerKey(existing, command, ctx.execution);
    if (key === undefined) return answer({ outcome: 'ALREADY_RECORDED', key: existing });
    await saveIssuerKey(ctx, key);
    return answer({ outcome: 'REVOKED', key });
  }

  /** The keys with which a member's boards sign attestations, revoked ones among them. */
  @Transaction(false)
  @Returns('string')
  async readIssuerKeys(ctx: RegistryContext, request: string): Promise<string> {
    return answer(await ctx.store.list(issuerKeys, [parseJson(memberQueryShape, request).mspId]));
  }

  /** Introduces the own certificate of a practitioner to whom the caller's board has given a licence. */
  @Transaction()
  @Returns('string')
  async introducePractitioner(ctx: RegistryContext, request: string): Promise<string> {
    const command = parseJson(domain.introducePractitionerShape, request);
    const context = await loadPractitionerContext(ctx, command);
    const practitioner = domain.introducePractitioner(command, context, ctx.execution);
    if (practitioner === undefined) return answer({ outcome: 'ALREADY_RECORDED', practitioner: context.existing });
    await savePractitioner(ctx, practitioner, 'practitioner.introduced.v1');
    return answer({ outcome: 'INTRODUCED', practitioner });
  }

  /** Ends the use of a practitioner's certificate. */
  @Transaction()
  @Returns('string')
  async withdrawPractitioner(ctx: RegistryContext, request: string): Promise<string> {
    const existing = await loadPractitioner(ctx, parseJson(domain.practitionerQueryShape, request));
    const practitioner = domain.withdrawPractitioner(existing, ctx.execution);
    if (practitioner === undefined) return answer({ outcome: 'ALREADY_RECORDED', practitioner: existing });
    await savePractitioner(ctx, practitioner, 'practitioner.withdrawn.v1');
    return answer({ outcome: 'WITHDRAWN', practitioner });
  }

  /** What was said about who these people are, and the directory's entries of all their numbers. */
  @Transaction(false)
  @Returns('string')
  async readIdentities(ctx: RegistryContext, request: string): Promise<string> {
    return answer(await readIdentities(ctx, parseJson(identitiesQueryShape, request).npis));
  }

  /** A practitioner's certificates. */
  @Transaction(false)
  @Returns('string')
  async readPractitioners(ctx: RegistryContext, request: string): Promise<string> {
    return answer(await ctx.store.list(practitionerCertificates, [parseJson(npiQueryShape, request).npi]));
  }
}

function answer(value: unknown): string {
  return domain.canonicalJson(value);
}
