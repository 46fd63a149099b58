import { canonicalBytes } from '../shared/canonical-json.js';
import { toHex } from '../shared/bytes.js';
import type { Sha256 } from '../shared/bytes.js';
import type { Instant } from '../shared/dates.js';
import { DomainError } from '../shared/errors.js';
import { instant, object, oneOf, sha256Shape, text } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import type { RegistryExecution } from '../members/registry-execution.js';

/** The public half of a P-256 key as a JSON Web Key (RFC 7517): boards sign attestations by ES256 alone. */
export interface IssuerPublicKey {
  readonly kty: 'EC';
  readonly crv: 'P-256';
  readonly x: string;
  readonly y: string;
}

/** A key comes to sign for a board, under the decentralised identifier where the board publishes it. */
export interface IntroduceIssuerKey {
  readonly publicKey: IssuerPublicKey;
  readonly did: string;
}

/** From an instant on a key is somebody else's, or may be. */
export interface RevokeIssuerKey {
  readonly keyId: string;
  /** What the key signed from then on is suspect. Never later than now. */
  readonly from: Instant;
  /**
   * SHA-256 of the published list of what the board did sign with it before: whoever stole the key can also write an earlier
   * date, so that the date alone proves nothing any more.
   */
  readonly earlier: string;
}

/**
 * A key with which an organisation of boards signs attestations for readers outside the network. Public, and apart from
 * every certificate: a thief of it cannot write to the ledger, nor a thief of a certificate sign an attestation.
 */
export interface IssuerKey extends IntroduceIssuerKey {
  readonly schema: 'issuer-key/v1';
  readonly mspId: string;
  /** The key's thumbprint (RFC 7638), in hexadecimal. */
  readonly keyId: string;
  readonly introducedAt: Instant;
  readonly revoked?: Pick<RevokeIssuerKey, 'from' | 'earlier'> & { readonly recordedAt: Instant };
}

const coordinate: Shape<string> = text(/^[A-Za-z0-9_-]{43}$/);

/** Reads a `did:web` identifier: a host, perhaps a port, perhaps a path. */
export const didWebShape: Shape<string> = text(/^did:web:[A-Za-z0-9.-]{1,253}(?:%3A\d{1,5})?(?::[A-Za-z0-9._-]{1,64}){0,8}$/);

/** Reads a key to introduce. */
export const introduceIssuerKeyShape: Shape<IntroduceIssuerKey> = object<IntroduceIssuerKey>({
  publicKey: object<IssuerPublicKey>({ kty: oneOf(['EC']), crv: oneOf(['P-256']), x: coordinate, y: coordinate }),
  did: didWebShape,
});

/** Names a key. */
export const issuerKeyQueryShape: Shape<{ readonly keyId: string }> = object<{ keyId: string }>({ keyId: sha256Shape });

/** Reads a revocation. */
export const revokeIssuerKeyShape: Shape<RevokeIssuerKey> = object<RevokeIssuerKey>({ keyId: sha256Shape, from: instant, earlier: sha256Shape });

/** Names a key: its RFC 7638 thumbprint, the SHA-256 of the members in the order of their names, which canonical JSON has. */
export function issuerKeyId({ kty, crv, x, y }: IssuerPublicKey, sha256: Sha256): string {
  return toHex(sha256(canonicalBytes({ kty, crv, x, y })));
}

/**
 * The record of a key of the caller's organisation; undefined where it exists. A clerk of one board of several speaks for
 * none of the others. Throws FORBIDDEN_UNIT, ISSUER_KEY_REVOKED and ISSUER_KEY_ALREADY_INTRODUCED.
 */
export function introduceIssuerKey(existing: IssuerKey | undefined, command: IntroduceIssuerKey, { actor, now, sha256 }: RegistryExecution): IssuerKey | undefined {
  if (actor.unit !== undefined) throw new DomainError('FORBIDDEN_UNIT');
  if (existing?.revoked !== undefined) throw new DomainError('ISSUER_KEY_REVOKED');
  if (existing !== undefined && existing.did !== command.did) throw new DomainError('ISSUER_KEY_ALREADY_INTRODUCED');
  if (existing !== undefined) return undefined;
  return { schema: 'issuer-key/v1', ...command, mspId: actor.member.mspId, keyId: issuerKeyId(command.publicKey, sha256), introducedAt: now };
}

/**
 * Makes suspect what a key signed from an instant on, for ever; undefined where that is recorded. A later finding may move the
 * instant back, never forward. Throws ISSUER_KEY_NOT_FOUND and REVOCATION_OUT_OF_BOUNDS.
 */
export function revokeIssuerKey(existing: IssuerKey | undefined, { from, earlier }: RevokeIssuerKey, { now }: RegistryExecution): IssuerKey | undefined {
  if (existing === undefined) throw new DomainError('ISSUER_KEY_NOT_FOUND');
  if (existing.revoked?.from === from && existing.revoked.earlier === earlier) return undefined;
  if (from > now || from < existing.introducedAt || from >= (existing.revoked?.from ?? '9')) throw new DomainError('REVOCATION_OUT_OF_BOUNDS');
  return { ...existing, revoked: { from, earlier, recordedAt: now } };
}

/** Whether a board's key was its own alone when it signed at an instant; SUSPECT from the instant of a revocation on. */
export type KeyState = 'GOOD' | 'NOT_YET' | 'SUSPECT';

/** Since when a key is a board's, and from when on it is suspect. */
export interface KeyHistory extends Pick<IssuerKey, 'introducedAt'> {
  readonly revoked?: Pick<RevokeIssuerKey, 'from' | 'earlier'>;
}

/** The state of a key for something that says it was signed then. */
export function keyStateAt({ introducedAt, revoked }: KeyHistory, signedAt: Instant): KeyState {
  if (signedAt < introducedAt) return 'NOT_YET';
  return revoked !== undefined && signedAt >= revoked.from ? 'SUSPECT' : 'GOOD';
}
