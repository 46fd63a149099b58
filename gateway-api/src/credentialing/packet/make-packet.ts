import { distinctLicences, DomainError, onePerson, present } from '@medaccord/domain';
import type { ConsentDocument, LicenceKey, Npi, OpaqueId, ProviderIdentity, ProviderLinks } from '@medaccord/domain';
import { recordsOfPerson } from '../../credentials/people.js';
import { readBlock } from '../../ledger/blocks/read-block.js';
import type { ChainReader } from '../../ledger/chain-reader.js';
import { SERVICE_ROLE } from '../../ledger/ledger.js';
import type { RegistryClient } from '../../ledger/registry-client.js';
import type { CredentialingReader } from '../credentialing-reader.js';
import { inOrder } from './packet.js';
import type { CredentialPacket, PacketLicence, PlacedDocument } from './packet.js';

/** Where a packet is read from. */
export interface PacketSources {
  readonly reader: CredentialingReader;
  readonly registry: RegistryClient;
  readonly chain: ChainReader;
  readonly mspId: string;
}

/** Makes the packet of a file, exactly as of the newest block: what is recorded meanwhile is left for the next one. */
export async function makePacket(sources: PacketSources, fileId: OpaqueId): Promise<CredentialPacket> {
  const { chain, mspId } = sources;
  const blockNumber = (await chain.height()) - 1;
  const documents = (await documentsOf(sources, fileId)).filter((one) => one.blockNumber <= blockNumber);
  const [first] = documents;
  if (first === undefined) throw new DomainError('DOCUMENT_NOT_FOUND', { kind: 'credential-file' });
  const { links, identities } = await personOf(sources, first.document.body.npi, blockNumber);
  const licences = await licencesOf(sources, links.flatMap((one) => one.links.map(({ licence }) => licence)), blockNumber);

  return inOrder({
    schema: 'credential-packet/v1', channel: chain.channel, chaincodes: { claims: chain.claimsChaincode, registry: chain.registryChaincode }, ownerMsp: mspId, fileId,
    through: { blockNumber, blockHash: readBlock(await chain.block(blockNumber)).hash }, documents, licences, links, ...present('identities', identities.length === 0 ? undefined : identities),
  });
}

async function documentsOf({ reader }: PacketSources, fileId: OpaqueId): Promise<readonly PlacedDocument[]> {
  const file = await reader.file(fileId);
  const consentIds = [...new Set(file.verifications.flatMap(({ newest }) => newest.body.consentId ?? []))];
  const consents = await Promise.all(consentIds.map((id) => reader.record<ConsentDocument>('consent', id)));

  return [file, ...file.verifications, ...consents].flatMap(({ versions }) =>
    versions.map(({ document, proof }) => ({ document, blockNumber: proof.blockNumber })));
}

/** What stood in the chain with this block about who the clinician is and which licences the numbers of the clinician hold. */
async function personOf({ registry, chain }: PacketSources, npi: Npi, through: number): Promise<{ readonly links: readonly ProviderLinks[]; readonly identities: readonly ProviderIdentity[] }> {
  const records = await recordsOfPerson(registry, npi);
  const identities = (await Promise.all(records.map(({ identity }) => identityThen(chain, identity, through)))).filter((identity) => identity !== undefined);
  const numbers = onePerson(npi, new Map(identities.map((identity) => [identity.npi, identity])));
  const links: ProviderLinks[] = [];
  for (const document of records.filter(({ provider }) => numbers.includes(provider.npi)).flatMap((record) => record.links)) {
    const then = await withEventsThen(chain, document.links, through);
    if (then.length > 0) links.push({ ...document, links: then });
  }

  return { links, identities: identities.filter((identity) => numbers.includes(identity.npi)) };
}

async function identityThen(chain: ChainReader, identity: ProviderIdentity | undefined, through: number): Promise<ProviderIdentity | undefined> {
  if (identity === undefined) return undefined;
  const statements = await withEventsThen(chain, identity.statements, through);

  return statements.length === 0 ? undefined : { ...identity, lastSequence: Math.max(...statements.flatMap(({ events }) => events.map(({ sequence }) => sequence))), statements };
}

async function withEventsThen<T extends { readonly events: readonly { readonly txId: string }[] }>(chain: ChainReader, items: readonly T[], through: number): Promise<readonly T[]> {
  const then = await Promise.all(items.map(async (item) => ({ ...item, events: await recordedBy(chain, item.events, through) })));

  return then.filter(({ events }) => events.length > 0);
}

/** The clinician's licences, and those that compacts relate to them. */
async function licencesOf(sources: PacketSources, linked: readonly LicenceKey[], blockNumber: number): Promise<readonly PacketLicence[]> {
  const related = await Promise.all(linked.map(async (licence) => (await sources.registry.licence(SERVICE_ROLE, licence)).compact?.licences ?? []));
  const licences: PacketLicence[] = [];
  for (const licence of distinctLicences([...linked, ...related.flat().filter(({ knownAt }) => knownAt > 0).map((one) => one.licence)])) licences.push(await licenceOf(sources, licence, blockNumber));

  return licences;
}

async function licenceOf({ registry, chain }: PacketSources, licence: LicenceKey, through: number): Promise<PacketLicence> {
  const { events } = await registry.licence(SERVICE_ROLE, licence);

  return { licence, events: await recordedBy(chain, events, through) };
}

/** Those that stood in the chain with this block; what is sealed stood there before its seal. */
async function recordedBy<T extends { readonly txId: string } | { readonly sealed: true }>(chain: ChainReader, events: readonly T[], through: number): Promise<readonly T[]> {
  const numbers = await Promise.all(events.map((event) => ('txId' in event ? chain.blockNumberOf(event.txId) : Promise.resolve(0))));

  return events.filter((_, index) => (numbers[index] ?? Infinity) <= through);
}
