import { present } from '@medaccord/domain';
import type { Rejection } from '@medaccord/domain';
import type { Readable } from 'node:stream';
import type { Upload } from '../http/upload.js';
import type { WriteRequest } from '../idempotency/write-request.js';
import { readClaims } from '../interop/x12/index.js';
import type { Fault, ClaimFileItem, ReadingMode, X12Issue } from '../interop/x12/index.js';
import type { ClaimsClient, CommandProof } from '../ledger/claims-client.js';
import { BatchFiller, submitBatch, TRANSACTIONS_AT_ONCE } from './claim-submission.js';
import type { NumberedClaim, SubmittedBatch } from './claim-submission.js';

/** What became of one CLM segment of a file. */
export interface ImportedClaim {
  /** From 1, in the order of the file's CLM segments. */
  readonly number: number;
  /** Number of the CLM segment in the file, from 1. */
  readonly position: number;
  /** The hospital's own number of the claim. */
  readonly patientControlNumber: string;
  readonly outcome: 'ACCEPTED' | 'REJECTED' | 'UNREADABLE';
  /** Accepted or rejected: the id under which the claim was submitted. */
  readonly claimId?: string;
  /** Rejected: why. */
  readonly rejections?: readonly Rejection[];
  /** Unreadable: the segment at fault. */
  readonly fault?: Fault;
}

/** What became of a file: every CLM segment is in `claims`, in the order of the file. */
export interface ImportResult {
  readonly counts: { readonly claims: number; readonly accepted: number; readonly rejected: number; readonly unreadable: number };
  readonly claims: readonly ImportedClaim[];
  /** What was wrong with the file itself; more than a thousand are only counted. */
  readonly issues: readonly X12Issue[];
  readonly issuesOmitted: number;
  readonly proofs: readonly CommandProof[];
}

const MOST_ISSUES = 1000;

/** One import: where the claims go, and how strictly the file is read. */
export interface ImportRequest {
  readonly insurerMsp: string;
  readonly mode: ReadingMode;
}

/**
 * Reads a file as a stream and submits its claims in batches as they are read. A batch is one transaction; where the
 * process dies between two, the same request goes on with the batches that are missing and makes none twice.
 */
export async function importClaims(client: ClaimsClient, write: WriteRequest, upload: Upload, request: ImportRequest): Promise<ImportResult> {
  return new FileImport(client, write, request, Buffer.from(upload.digest).toString('hex')).run(upload.open());
}

class FileImport {
  readonly #client: ClaimsClient;
  readonly #write: WriteRequest;
  readonly #request: ImportRequest;
  readonly #fileHash: string;
  readonly #filler = new BatchFiller();
  readonly #places = new Map<number, Pick<ImportedClaim, 'number' | 'position' | 'patientControlNumber'>>();
  readonly #claims = new Map<number, ImportedClaim>();
  readonly #issues: X12Issue[] = [];
  #issuesOmitted = 0;
  readonly #proofs: CommandProof[] = [];
  readonly #underWay = new Set<Promise<void>>();
  #failure: { readonly error: unknown } | undefined;

  constructor(client: ClaimsClient, write: WriteRequest, request: ImportRequest, fileHash: string) {
    this.#client = client;
    this.#write = write;
    this.#request = request;
    this.#fileHash = fileHash;
  }

  async run(file: Readable): Promise<ImportResult> {
    try {
      for await (const item of readClaims(file, this.#request.mode)) {
        await this.#take(item);
        if (this.#failure !== undefined) break;
      }
      await this.#submit(this.#filler.rest());
    } finally {
      file.destroy();
      await Promise.all(this.#underWay);
    }
    if (this.#failure !== undefined) throw this.#failure.error;

    return this.#result();
  }

  async #take(item: ClaimFileItem): Promise<void> {
    if (item.kind === 'issue') {
      this.#note(item.issue);
      return;
    }
    const { number, position, patientControlNumber } = item;
    const place = { number, position, patientControlNumber };
    if (item.kind === 'unreadable') {
      this.#claims.set(number, { ...place, outcome: 'UNREADABLE', fault: item.fault });
      return;
    }
    this.#places.set(number, place);
    const trace = { ...item.content.trace, fileHash: this.#fileHash };
    await this.#submit(this.#filler.add({ number, content: { ...item.content, trace } }));
  }

  #note(issue: X12Issue): void {
    if (this.#issues.length < MOST_ISSUES) this.#issues.push(issue);
    else this.#issuesOmitted += 1;
  }

  /** Sends a batch and goes on reading; waits only while as many as allowed are under way. */
  async #submit(batch: readonly NumberedClaim[] | undefined): Promise<void> {
    if (batch === undefined || this.#failure !== undefined) return;
    while (this.#underWay.size >= TRANSACTIONS_AT_ONCE) await Promise.race(this.#underWay);
    const work: Promise<void> = submitBatch(this.#client, this.#write, this.#request.insurerMsp, batch)
      .then((submitted) => {
        this.#record(submitted);
      })
      .catch((error: unknown) => {
        this.#failure ??= { error };
      })
      .finally(() => {
        this.#underWay.delete(work);
      });
    this.#underWay.add(work);
  }

  #record({ claims, proof }: SubmittedBatch): void {
    this.#proofs.push(proof);
    for (const { number, claimId, item } of claims) {
      const place = this.#places.get(number);
      if (place === undefined) continue;
      this.#places.delete(number);
      const accepted = item.outcome === 'ACCEPTED';
      this.#claims.set(number, { ...place, claimId, outcome: accepted ? 'ACCEPTED' : 'REJECTED', ...present('rejections', item.rejections) });
    }
  }

  #result(): ImportResult {
    const claims = [...this.#claims.values()].sort((a, b) => a.number - b.number);
    const count = (outcome: ImportedClaim['outcome']): number => claims.filter((claim) => claim.outcome === outcome).length;

    return {
      counts: { claims: claims.length, accepted: count('ACCEPTED'), rejected: count('REJECTED'), unreadable: count('UNREADABLE') },
      claims,
      issues: this.#issues,
      issuesOmitted: this.#issuesOmitted,
      proofs: [...this.#proofs].sort((a, b) => (a.blockNumber ?? 0) - (b.blockNumber ?? 0)),
    };
  }
}
