import { createHash } from 'node:crypto';
import { canonicalJson, instant, list, object, oneOf, parseJson, sha256Shape } from '@medaccord/domain';
import type { Instant, Shape } from '@medaccord/domain';

/** What a board did sign with a key before it was somebody else's: hashes alone, which tell nobody who was attested. */
export interface EarlierList {
  readonly schema: 'earlier-attestations/v1';
  readonly keyId: string;
  readonly before: Instant;
  /** SHA-256 of each signed attestation, ascending. */
  readonly digests: readonly string[];
}

const shape: Shape<EarlierList> = object<EarlierList>({ schema: oneOf(['earlier-attestations/v1']), keyId: sha256Shape, before: instant, digests: list(sha256Shape) });

/** The list as it is published, and its SHA-256. */
export function writeEarlierList(earlier: EarlierList): { readonly content: string; readonly digest: string } {
  const content = canonicalJson(earlier);

  return { content, digest: digestOf(content) };
}

/** Reads a published list; undefined where it is not the one of which the ledger has this hash. */
export function readEarlierList(content: string, digest: string): EarlierList | undefined {
  return digestOf(content) === digest ? parseJson(shape, content) : undefined;
}

/** SHA-256 of a text in hexadecimal. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
