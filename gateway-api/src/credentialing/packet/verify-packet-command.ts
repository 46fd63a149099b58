import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readBlockFiles } from '../../ledger/blocks/block-files.js';
import { readRootCertificates } from '../../ledger/blocks/root-certificates.js';
import { verifyPacket } from './verify-packet.js';
import type { PacketReport } from './verify-packet.js';

const usage = `verify-packet <packet.json> --blocks <folder> --roots <folder>

  --blocks   files <number>.block from 0 on without gap, as GET /v1/blocks/<number> or \`peer channel fetch\` gives them
  --roots    <MSP id>.pem for each member, orderers/<MSP id>.pem for each orderer's organisation

Ends with 0 where the packet is true and nothing happened since, 1 where it is not to be believed, 3 where it is true and
something happened after it was made.
`;

/** The command: what it prints, and the status with which it ends. */
export function verifyPacketCommand(args: readonly string[]): { readonly output: string; readonly status: number } {
  const asked = readArguments(args);
  if (asked === undefined) return { output: usage, status: 2 };
  const report = verifyPacket(readFileSync(asked.packet, 'utf8'), readBlockFiles(asked.blocks), readRootCertificates(asked.roots));

  return { output: linesOf(report).join('\n'), status: statusOf(report) };
}

function readArguments(args: readonly string[]): { readonly packet: string; readonly blocks: string; readonly roots: string } | undefined {
  try {
    const { values: { blocks, roots }, positionals: [packet] } = parseArgs({ args: [...args], allowPositionals: true, options: { blocks: { type: 'string' }, roots: { type: 'string' } } });

    return packet === undefined || blocks === undefined || roots === undefined ? undefined : { packet, blocks, roots };
  } catch {
    return undefined;
  }
}

function linesOf({ packetHash, documents, events, through, lookedThrough, faults, later }: PacketReport): readonly string[] {
  return [
    `packet   SHA-256 ${packetHash}`,
    `holds    ${documents} versions of documents and ${events} licence events, as of block ${through ?? 'unknown'}; looked at blocks 0 to ${lookedThrough}`,
    ...faults.map(({ code, subject }) => `FAULT    ${code}  ${subject}`),
    ...later.map(({ code, subject }) => `LATER    ${code}  ${subject}`),
    faults.length > 0 ? 'result   not to be believed' : later.length > 0 ? 'result   true as of its block; ask for a newer one' : 'result   true, and nothing happened since',
    '',
  ];
}

function statusOf({ faults, later }: PacketReport): number {
  if (faults.length > 0) return 1;

  return later.length > 0 ? 3 : 0;
}
