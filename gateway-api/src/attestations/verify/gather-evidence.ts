import { readFile } from 'node:fs/promises';
import { decodeJwt } from 'jose';
import { documentUrlOf } from '../did-web.js';
import { readDidDocument } from '../did-document.js';
import { digestOf } from '../earlier-list.js';
import type { Evidence } from './evidence.js';

/** Where a verifier takes the published documents from. */
export interface Sources extends Pick<Evidence, 'issuer' | 'now'> {
  readonly did?: string;
  readonly status: readonly string[];
  readonly earlier: readonly string[];
}

const timeoutMs = 30_000;
const mostBytes = 16 * 1024 * 1024;

/**
 * Reads or fetches the keys, lists and hashes that an attestation is checked by; a text says what cannot be had. Lists are taken
 * whole, so that whoever publishes them does not learn which attestation is looked at; nothing is fetched from anywhere but the issuer's own host.
 */
export async function gatherEvidence(jwt: string, { issuer, now, ...sources }: Sources): Promise<Evidence | string> {
  try {
    const address = documentUrlOf(issuer);
    const ownOnly = (places: readonly string[]): readonly string[] => places.filter((place) => place.startsWith(`${new URL(address).origin}/`));
    const did = readDidDocument(await contentOf(sources.did ?? address));
    const listsAt = sources.status.length > 0 ? sources.status : ownOnly(listsNamedIn(jwt));
    const lists = await Promise.all(listsAt.map(contentOf));
    const earlierAt = sources.earlier.length > 0 ? sources.earlier : ownOnly(did.verificationMethod.flatMap(({ earlier }) => earlier?.url ?? []));
    const earlier = await Promise.all(earlierAt.map(contentOf));

    return { issuer, now, did, lists: new Map(lists.map((list) => [addressOf(list), list.trim()])), earlier: new Map(earlier.map((content) => [digestOf(content), content])) };
  } catch (error) {
    return `EVIDENCE_MISSING  ${error instanceof Error ? error.message : String(error)}`;
  }
}

async function contentOf(place: string): Promise<string> {
  if (!/^https?:\/\//.test(place)) return readFile(place, 'utf8');
  const response = await fetch(place, { signal: AbortSignal.timeout(timeoutMs), redirect: 'error' });
  if (!response.ok) throw new Error(`${place} answered ${response.status}`);
  const bytes = await response.arrayBuffer();
  if (bytes.byteLength > mostBytes) throw new Error(`${place} is too long`);

  return Buffer.from(bytes).toString('utf8');
}

/** Nothing is believed of it before the signature is: it only says where to look. */
function listsNamedIn(jwt: string): readonly string[] {
  const entries = (decodeJwt(jwt)['credentialStatus'] ?? []) as readonly { readonly statusListCredential?: unknown }[];

  return [...new Set(entries.map(({ statusListCredential }) => String(statusListCredential)))];
}

function addressOf(list: string): string {
  return String(decodeJwt(list.trim())['id']);
}
