import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { isInstant } from '@medaccord/domain';
import { readBlockFiles } from '../../ledger/blocks/block-files.js';
import { readRootCertificates } from '../../ledger/blocks/root-certificates.js';
import { gatherEvidence } from './gather-evidence.js';
import { verifyAttestation } from './verify-attestation.js';
import type { AttestationReport } from './verify-attestation.js';
import { verifyInChain } from './verify-in-chain.js';
import type { ChainFindings } from './verify-in-chain.js';

const usage = `verify-attestation <attestation.jwt> --issuer <did:web:…> [--did <file or URL>] [--status <file or URL>]… [--earlier <file or URL>]…
                   [--at <instant>] [--blocks <folder> --roots <folder> [--registry <chaincode>]]

  --issuer    the board whose word counts; known to you from elsewhere, not from the attestation
  --did       its published keys; fetched from where did:web says where left out
  --status    its published status lists; fetched from where the attestation says where left out
  --earlier   its published hashes of what a revoked key signed before; fetched where the keys say so
  --at        as if it were then
  --blocks    files <number>.block from 0 on: checks key and standing against the consortium's ledger
  --roots     <MSP id>.pem for each member, orderers/<MSP id>.pem for each orderer's organisation

Ends with 0 where the attestation is true, 1 where it is not to be believed, 3 where it was true and has changed.
`;

interface Arguments {
  readonly attestation: string;
  readonly issuer: string;
  readonly did?: string;
  readonly status: readonly string[];
  readonly earlier: readonly string[];
  readonly at: string;
  readonly blocks?: string;
  readonly roots?: string;
  readonly registry: string;
}

/** The command: what it prints, and the status with which it ends. */
export async function verifyAttestationCommand(args: readonly string[]): Promise<{ readonly output: string; readonly status: number }> {
  const asked = readArguments(args);
  if (asked === undefined) return { output: usage, status: 2 };
  const jwt = readFileSync(asked.attestation, 'utf8').trim();
  const evidence = await gatherEvidence(jwt, { ...asked, now: asked.at });
  if (typeof evidence === 'string') return { output: `FAULT    ${evidence}\nresult   not to be believed\n`, status: 1 };
  const report = await verifyAttestation(jwt, evidence);
  const { attestation, method } = report;
  const chain = asked.blocks !== undefined && asked.roots !== undefined ? { blocks: readBlockFiles(asked.blocks), roots: readRootCertificates(asked.roots), registry: asked.registry } : undefined;
  const inChain = chain !== undefined && attestation !== undefined && method !== undefined ? verifyInChain(jwt, { attestation, method }, evidence, chain) : undefined;

  return conclusion(report, inChain);
}

function readArguments(args: readonly string[]): Arguments | undefined {
  const text = { type: 'string' } as const;
  const texts = { type: 'string', multiple: true, default: [] as string[] } as const;
  try {
    const { values, positionals: [attestation] } = parseArgs({ args: [...args], allowPositionals: true, options: { issuer: text, did: text, status: texts, earlier: texts, at: text, blocks: text, roots: text, registry: { ...text, default: 'registry' } } });
    const { issuer, at, ...rest } = values;
    if (attestation === undefined || issuer === undefined || (rest.blocks === undefined) !== (rest.roots === undefined) || (at !== undefined && !isInstant(at))) return undefined;

    return { ...rest, attestation, issuer, at: at ?? new Date().toISOString() };
  } catch {
    return undefined;
  }
}

function conclusion(report: AttestationReport, inChain: ChainFindings | undefined): { readonly output: string; readonly status: number } {
  const faults = [...report.faults, ...(inChain?.faults ?? [])];
  const changes = [...report.changes, ...(inChain?.changes ?? [])];
  const [result, status] = faults.length > 0 ? (['not to be believed', 1] as const) : changes.length > 0 ? (['was true, and has changed; ask for a newer one', 3] as const) : (['true', 0] as const);
  const lines = [
    ...aboutLines(report),
    ...(inChain === undefined ? [] : [`blocks   looked at 0 to ${inChain.lookedThrough}`]),
    ...faults.map(({ code, subject }) => `FAULT    ${code}  ${subject}`),
    ...changes.map(({ code, subject }) => `CHANGED  ${code}  ${subject}`),
    `result   ${result}`,
    '',
  ];

  return { output: lines.join('\n'), status };
}

function aboutLines({ attestation }: AttestationReport): readonly string[] {
  if (attestation === undefined) return [];
  const { issuer, validFrom, validUntil, credentialSubject: { npi, holder, licence, standing } } = attestation;
  const discipline = standing.encumbrances.map(({ type, stayed }) => (stayed === true ? `${type} (stayed)` : type));

  return [
    `issuer   ${issuer}`,
    `about    NPI ${npi}${holder === undefined ? '' : `, ${holder}`}; licence ${licence.type} ${licence.number} of ${licence.board}, ${licence.jurisdiction}`,
    `says     ${standing.lifecycle}, authority ${standing.authority}${discipline.length === 0 ? '' : `, ${discipline.join(', ')}`}, as of ${standing.asOf}; position ${standing.knownAt} of the licence's events`,
    `valid    from ${validFrom} until ${validUntil}`,
  ];
}
