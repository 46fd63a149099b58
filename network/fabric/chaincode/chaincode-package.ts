import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { crc32 } from 'node:zlib';
import { pack } from 'tar-stream';
import type { ChaincodePorts } from '../topology/port-plan.js';

/**
 * While one version serves, the next is started beside it at the other slot's address; the approved package says which slot
 * its peers dial. So an upgrade needs neither a restart of a peer nor a pause.
 */
export type ChaincodeSlot = keyof ChaincodePorts;

/** What tells one package from another. */
export interface ChaincodePackageInput {
  readonly name: string;
  /** Names the digest of the built code, so that organisations approve code and not only an address. */
  readonly version: string;
  readonly slot: ChaincodeSlot;
}

/** A chaincode package as it is installed; the same input gives the same bytes and id on every machine. */
export interface ChaincodePackage {
  /** `<label>:<SHA-256>`, how peers name the installed package and how its servers register. */
  readonly id: string;
  readonly label: string;
  readonly bytes: Uint8Array;
}

/**
 * Packages a chaincode that runs as a service. The package holds no address and no key: these are templates that each peer
 * fills from its own environment (`builder-environment.ts`), so that every organisation approves one package id.
 */
export async function buildChaincodePackage({ name, version, slot }: ChaincodePackageInput): Promise<ChaincodePackage> {
  const label = `${name}_${version}`;
  const code = gzipStored(await tar({ 'connection.json': JSON.stringify(connectionTemplate(name, slot)) }));
  const bytes = gzipStored(await tar({ 'metadata.json': JSON.stringify({ type: 'ccaas', label }), 'code.tar.gz': code }));
  return { id: `${label}:${createHash('sha256').update(bytes).digest('hex')}`, label, bytes };
}

/** Field of the builder's environment that holds a chaincode server's address. */
export function addressField(name: string, slot: ChaincodeSlot): string {
  // Template fields are identifiers; a chaincode's name may contain a dash.
  return `${name.replaceAll('-', '_')}_${slot}_address`;
}

/** Fields of the builder's environment that all chaincodes of a peer share. */
export const TLS_FIELDS = { clientKey: 'client_key', clientCertificate: 'client_certificate', rootCertificate: 'root_certificate' } as const;

function connectionTemplate(name: string, slot: ChaincodeSlot): object {
  const field = (key: string): string => `{{.${key}}}`;
  return {
    address: field(addressField(name, slot)),
    dial_timeout: '10s',
    tls_required: true,
    client_auth_required: true,
    client_key: field(TLS_FIELDS.clientKey),
    client_cert: field(TLS_FIELDS.clientCertificate),
    root_cert: field(TLS_FIELDS.rootCertificate),
  };
}

/** A tar archive without the date, owner and order of the machine that makes it. */
async function tar(files: Readonly<Record<string, string | Uint8Array>>): Promise<Buffer> {
  const archive = pack();
  for (const [name, content] of Object.entries(files)) {
    archive.entry({ name, mode: 0o644, mtime: new Date(0), uid: 0, gid: 0, type: 'file' }, Buffer.from(content));
  }
  archive.finalize();
  return buffer(archive as AsyncIterable<Uint8Array> as never);
}

/** The longest stretch that a stored block of the deflate format can hold. */
const STORED_BLOCK = 0xffff;

/**
 * Gzip without compression (RFC 1951, section 3.2.4, in the frame of RFC 1952). Compressors may answer with other bytes
 * after an update, and the id of a package must not depend on anybody's zlib.
 */
function gzipStored(content: Uint8Array): Buffer {
  const header = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);
  const blocks: Uint8Array[] = [];
  for (let start = 0; start === 0 || start < content.length; start += STORED_BLOCK) {
    const part = content.subarray(start, start + STORED_BLOCK);
    const head = Buffer.alloc(5);
    head.writeUInt8(start + STORED_BLOCK >= content.length ? 1 : 0, 0);
    head.writeUInt16LE(part.length, 1);
    head.writeUInt16LE(part.length ^ STORED_BLOCK, 3);
    blocks.push(head, part);
  }
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32(content), 0);
  trailer.writeUInt32LE(content.length, 4);
  return Buffer.concat([header, ...blocks, trailer]);
}
