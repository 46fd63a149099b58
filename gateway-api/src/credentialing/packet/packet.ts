import { canonicalJson, consentShape, credentialFileShape, documentKey, freeText, integer, jurisdictionShape, licenceId, licenceKeyShape, list, mspId, npiShape, object, oneOf, opaqueId, optional, parseJson, present, sha256Shape, variant, verificationShape, where } from '@medaccord/domain';
import type { ConsentDocument, CredentialFileDocument, LicenceEvent, LicenceKey, OpaqueId, ProviderIdentity, ProviderLink, ProviderLinks, SealedEvent, Shape, VerificationDocument } from '@medaccord/domain';

/** A document that a packet may hold. Of the data bank these tell number, type and day, nothing else (45 CFR 60.20). */
export type PacketDocument = CredentialFileDocument | VerificationDocument | ConsentDocument;

/** A version of a document, and the block that has its hash. */
export interface PlacedDocument {
  readonly document: PacketDocument;
  readonly blockNumber: number;
}

/** A licence with all its events, as the board wrote them; of a sealed one only that there is one. */
export interface PacketLicence {
  readonly licence: LicenceKey;
  readonly events: readonly (LicenceEvent | SealedEvent)[];
}

/**
 * What a surveyor is given of one credential file: all versions of it, of its receipts and of the releases under which
 * they were asked, and all that boards wrote about the clinician's licences, as of a block. Nothing stands in it that the
 * chain does not prove; it is canonical JSON, so that one content has one form.
 */
export interface CredentialPacket {
  readonly schema: 'credential-packet/v1';
  readonly channel: string;
  readonly chaincodes: { readonly claims: string; readonly registry: string };
  readonly ownerMsp: string;
  readonly fileId: OpaqueId;
  /** The last block that the packet takes into account. */
  readonly through: { readonly blockNumber: number; readonly blockHash: string };
  /** By kind, id and version. */
  readonly documents: readonly PlacedDocument[];
  /** In the order of their ids. */
  readonly licences: readonly PacketLicence[];
  /** Which licences are the clinician's, by jurisdiction and number. */
  readonly links: readonly ProviderLinks[];
  /** What was said about who the clinician is, by number; absent where nothing was. */
  readonly identities?: readonly ProviderIdentity[];
}

const name = freeText(1, 200);

/** Events are compared with the chain byte by byte, which reads them better than a shape could. */
const asItIs = <T>(): Shape<readonly T[]> => list((value) => value as T);
const links: Shape<ProviderLinks> = object<ProviderLinks>({
  schema: oneOf(['provider-links/v1']), npi: npiShape, jurisdiction: jurisdictionShape, links: list(object<ProviderLink>({ licence: licenceKeyShape, events: asItIs() })),
});

const packetShape: Shape<CredentialPacket> = object<CredentialPacket>({
  schema: oneOf(['credential-packet/v1']),
  channel: name,
  chaincodes: object<CredentialPacket['chaincodes']>({ claims: name, registry: name }),
  ownerMsp: mspId,
  fileId: opaqueId,
  through: object<CredentialPacket['through']>({ blockNumber: integer(0), blockHash: sha256Shape }),
  documents: list(object<PlacedDocument>({
    document: variant<PacketDocument>('kind', { 'credential-file': credentialFileShape, verification: verificationShape, consent: consentShape }), blockNumber: integer(0),
  })),
  licences: list(object<PacketLicence>({ licence: licenceKeyShape, events: asItIs() })),
  links: list(links),
  identities: optional(where(asItIs<ProviderIdentity>(), (identities) => identities.length > 0, 'TOO_FEW')),
});

/** Reads a packet; undefined where the text is not exactly one. */
export function readPacket(text: string): CredentialPacket | undefined {
  try {
    const packet = parseJson(packetShape, text);

    return canonicalJson(inOrder(packet)) === text ? packet : undefined;
  } catch {
    return undefined;
  }
}

/** The packet with its lists in their order. */
export function inOrder(packet: CredentialPacket): CredentialPacket {
  return {
    ...packet,
    documents: sorted(packet.documents, ({ document }) => documentKey({ ...document, version: document.version + 100_000_000 })),
    licences: sorted(packet.licences, ({ licence }) => licenceId(licence)),
    links: sorted(packet.links, ({ jurisdiction, npi }) => `${jurisdiction}~${npi}`),
    ...present('identities', packet.identities && sorted(packet.identities, ({ npi }) => npi)),
  };
}

function sorted<T>(items: readonly T[], nameOf: (item: T) => string): readonly T[] {
  return items.toSorted((first, second) => (nameOf(first) < nameOf(second) ? -1 : 1));
}
