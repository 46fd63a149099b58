import { keyStateAt, parse } from '@medaccord/domain';
import type { Instant, KeyHistory, Shape } from '@medaccord/domain';
import { compactVerify, decodeProtectedHeader, importJWK } from 'jose';
import type { VerificationMethod } from '../did-document.js';
import { digestOf, readEarlierList } from '../earlier-list.js';
import type { AttestationFault, Evidence } from './evidence.js';

/** Anything that a board signs for readers outside: signed when it begins to be valid. */
export interface SignedCredential {
  readonly issuer: string;
  readonly validFrom: Instant;
  readonly validUntil: Instant;
}

/** What was signed, or why it is not believed. */
export type Signed<T> = { readonly credential: T; readonly method: VerificationMethod; readonly fault?: AttestationFault } | { readonly fault: AttestationFault };

/** Checks a signed credential: by whom, with which key, and whether the key was the board's own alone when it signed. */
export async function verifySignature<T extends SignedCredential>(jwt: string, shape: Shape<T>, evidence: Evidence): Promise<Signed<T>> {
  const method = methodOf(jwt, evidence);
  if (typeof method === 'string') return { fault: method };
  const payload = await verifiedPayload(jwt, method);
  if (payload === undefined) return { fault: 'SIGNATURE_INVALID' };
  const credential = readAs(shape, payload);
  if (credential === undefined) return { fault: 'NOT_AN_ATTESTATION' };
  if (credential.issuer !== evidence.issuer) return { fault: 'OTHER_ISSUER' };
  const fault = keyFault(digestOf(jwt), credential.validFrom, historyOf(method), evidence);

  return { credential, method, ...(fault !== undefined && { fault }) };
}

function methodOf(jwt: string, { issuer, did }: Evidence): VerificationMethod | AttestationFault {
  const kid = headerOf(jwt);
  if (kid === undefined) return 'NOT_AN_ATTESTATION';
  if (did.id !== issuer || !kid.startsWith(`${issuer}#`)) return 'OTHER_ISSUER';

  return did.verificationMethod.find(({ id, controller }) => id === kid && controller === issuer) ?? 'KEY_UNKNOWN';
}

/** Under which key it says that it is signed; undefined for anything but a credential signed by ES256. */
function headerOf(jwt: string): string | undefined {
  try {
    const { alg, typ, kid } = decodeProtectedHeader(jwt);

    return alg === 'ES256' && typ === 'vc+jwt' ? kid : undefined;
  } catch {
    return undefined;
  }
}

async function verifiedPayload(jwt: string, { publicKeyJwk }: VerificationMethod): Promise<string | undefined> {
  try {
    const { payload } = await compactVerify(jwt, await importJWK({ ...publicKeyJwk }, 'ES256'), { algorithms: ['ES256'] });

    return Buffer.from(payload).toString('utf8');
  } catch {
    return undefined;
  }
}

function readAs<T>(shape: Shape<T>, text: string): T | undefined {
  try {
    return parse(shape, JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** What the published keys say of one. */
function historyOf({ introduced, revoked, earlier }: VerificationMethod): KeyHistory {
  return { introducedAt: introduced, ...(revoked !== undefined && { revoked: { from: revoked, earlier: earlier?.sha256 ?? '' } }) };
}

/**
 * What a key's history says of something that it signed at an instant. Whoever stole a key can write any date: of a revoked key
 * only that counts which the board listed as its own.
 */
export function keyFault(digest: string, signedAt: Instant, key: KeyHistory, { earlier }: Pick<Evidence, 'earlier'>): AttestationFault | undefined {
  const state = keyStateAt(key, signedAt);
  if (state !== 'GOOD') return state === 'SUSPECT' ? 'KEY_REVOKED' : 'KEY_NOT_YET_INTRODUCED';
  if (key.revoked === undefined) return undefined;
  const listed = readEarlierList(earlier.get(key.revoked.earlier) ?? '', key.revoked.earlier);

  return listed?.digests.includes(digest) === true ? undefined : 'NOT_AMONG_EARLIER';
}
