import { didWebShape, freeText, instant, list, object, oneOf, optional, parseJson, sha256Shape } from '@medaccord/domain';
import type { Instant, IssuerKey, IssuerPublicKey, Shape } from '@medaccord/domain';

/** A key of a board as it is published (Controlled Identifiers 1.0). */
export interface VerificationMethod {
  readonly id: string;
  readonly type: 'JsonWebKey';
  readonly controller: string;
  readonly publicKeyJwk: IssuerPublicKey & { readonly kid: string; readonly alg: 'ES256' };
  /** Own: since when the ledger has it. */
  readonly introduced: Instant;
  /** From then on nothing that it signed counts. */
  readonly revoked?: Instant;
  /** Own: SHA-256 of the published list of what it signed before. */
  readonly earlier?: { readonly url: string; readonly sha256: string };
}

/** Under which keys a board's attestations are to be checked, old ones among them. */
export interface DidDocument {
  readonly '@context': readonly string[];
  readonly id: string;
  readonly verificationMethod: readonly VerificationMethod[];
  /** Of a revoked key nothing is taken by a reader who knows no more than this list. */
  readonly assertionMethod: readonly string[];
}

/** The history of a board's keys, from what the ledger says of them. */
export function didDocument(did: string, publicUrl: string, keys: readonly IssuerKey[]): DidDocument {
  const own = keys.filter((key) => key.did === did).toSorted((first, second) => (first.introducedAt < second.introducedAt ? -1 : 1));

  return {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://www.w3.org/ns/cid/v1'],
    id: did,
    verificationMethod: own.map((key) => methodOf(did, publicUrl, key)),
    assertionMethod: own.filter(({ revoked }) => revoked === undefined).map(({ keyId }) => `${did}#${keyId}`),
  };
}

function methodOf(did: string, publicUrl: string, { keyId, publicKey, introducedAt, revoked }: IssuerKey): VerificationMethod {
  return {
    id: `${did}#${keyId}`, type: 'JsonWebKey', controller: did, publicKeyJwk: { ...publicKey, kid: keyId, alg: 'ES256' }, introduced: introducedAt,
    ...(revoked !== undefined && { revoked: revoked.from, earlier: { url: `${publicUrl}/v1/earlier-attestations/${revoked.earlier}`, sha256: revoked.earlier } }),
  };
}

const text = freeText(1, 500);

const documentShape: Shape<DidDocument> = object<DidDocument>({
  '@context': list(text),
  id: didWebShape,
  verificationMethod: list(object<VerificationMethod>({
    id: text, type: oneOf(['JsonWebKey']), controller: didWebShape, introduced: instant, revoked: optional(instant),
    publicKeyJwk: object<VerificationMethod['publicKeyJwk']>({ kty: oneOf(['EC']), crv: oneOf(['P-256']), x: text, y: text, kid: sha256Shape, alg: oneOf(['ES256']) }),
    earlier: optional(object<Exclude<VerificationMethod['earlier'], undefined>>({ url: text, sha256: sha256Shape })),
  })),
  assertionMethod: list(text),
});

/** Reads what a board publishes; throws INVALID_INPUT for any other document. */
export function readDidDocument(json: string): DidDocument {
  return parseJson(documentShape, json);
}
