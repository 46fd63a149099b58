import { distinctLicences, DomainError } from '@medaccord/domain';
import type { ConsentDocument, LicenceKey, Npi, OpaqueId, ProviderLinks } from '@medaccord/domain';
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
  const links = await linksOf(sources, first.document.body.npi, blockNumber);
  const licences = await licencesOf(sources, links.flatMap((one) => one.links.map(({ licence }) => licence)), blockNumber);

  return inOrder({
    schema: 'credential-packet/v1', channel: chain.channel, chaincodes: { claims: chain.claimsChaincode, registry: chain.registryChaincode }, ownerMsp: mspId, fileId,
    through: { blockNumber, blockHash: readBlock(await chain.block(blockNumber)).hash }, documents, licences, links,
  });
}

async function documentsOf({ reader }: PacketSources, fileId: OpaqueId): Promise<readonly PlacedDocument[]> {
  const file = await reader.file(fileId);
  const consentIds = [...new Set(file.verifications.flatMap(({ newest }) => newest.body.consentId ?? []))];
  const consents = await Promise.all(consentIds.map((id) => reader.record<ConsentDocument>('consent', id)));

  return [file, ...file.verifications, ...consents].flatMap(({ versions }) =>
    versions.map(({ document, proof }) => ({ document, blockNumber: proof.blockNumber })));
}

async function linksOf({ registry, chain }: PacketSources, npi: Npi, through: number): Promise<readonly ProviderLinks[]> {
  const kept: ProviderLinks[] = [];
  for (const document of await linksKnown(registry, npi)) {
    const links = await Promise.all(document.links.map(async (link) => ({ ...link, events: await recordedBy(chain, link.events, through) })));
    const then = links.filter(({ events }) => events.length > 0);
    if (then.length > 0) kept.push({ ...document, links: then });
  }

  return kept;
}

async function linksKnown(registry: RegistryClient, npi: Npi): Promise<readonly ProviderLinks[]> {
  try {
    return (await registry.provider(SERVICE_ROLE, npi)).links;
  } catch (error) {
    if (error instanceof DomainError && error.code === 'PROVIDER_NOT_FOUND') return [];
    throw error;
  }
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
