import type { RegistryExecution } from '../members/registry-execution.js';
import type { Instant } from '../shared/dates.js';
import { DomainError } from '../shared/errors.js';
import { integer, object, oneOf, sha256Shape, text } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import type { FileMonth } from './excluded-on.js';

/** The files that the OIG publishes each month: the whole list, and the month's new exclusions and reinstatements. */
export const EXCLUSION_FILES = ['full', 'exclusions', 'reinstatements'] as const;

export type ExclusionFile = (typeof EXCLUSION_FILES)[number];

/** Which published file: the name under which screenings say what they looked at. */
export interface ExclusionFileName {
  /** `LEIE`: the OIG's List of Excluded Individuals and Entities. */
  readonly source: string;
  readonly month: FileMonth;
  readonly file: ExclusionFile;
  /** SHA-256 in hexadecimal over the file's bytes as published. */
  readonly sha256: string;
}

/** A steward's word that these are the bytes and rows of a published file. */
export interface RecordExclusionSnapshot extends ExclusionFileName {
  readonly rows: number;
}

/** Who took the file from its publisher and counted it. */
export interface SnapshotAttestation {
  readonly mspId: string;
  /** SHA-256 in hexadecimal of the certificate's name. */
  readonly subject: string;
  readonly recordedAt: Instant;
  readonly txId: string;
}

/** A published file as the consortium knows it. The rows themselves stay off the ledger: public, and yet personal. */
export interface ExclusionSnapshot extends RecordExclusionSnapshot {
  readonly schema: 'exclusion-snapshot/v1';
  /** One per organisation, in the order of their coming. */
  readonly attestations: readonly SnapshotAttestation[];
}

/** From so many organisations on a snapshot is no longer one organisation's word. */
export const ATTESTATIONS_NEEDED = 2;

export const exclusionSourceShape: Shape<string> = text(/^[A-Z][A-Z0-9-]{1,19}$/);
export const fileMonthShape: Shape<FileMonth> = text(/^(19|20|21)\d\d-(0[1-9]|1[0-2])$/);

export const exclusionFileNameFields = { source: exclusionSourceShape, month: fileMonthShape, file: oneOf(EXCLUSION_FILES), sha256: sha256Shape } as const;

/** Reads a steward's word. */
export const recordExclusionSnapshotShape: Shape<RecordExclusionSnapshot> = object<RecordExclusionSnapshot>({ ...exclusionFileNameFields, rows: integer(0, 10_000_000) });

/** One string for a published file, such as `LEIE~2022-07~full~ab…`. */
export function exclusionSnapshotId({ source, month, file, sha256 }: ExclusionFileName): string {
  return [source, month, file, sha256].join('~');
}

/**
 * The snapshot with the steward's word added; undefined where the organisation has given it. Throws
 * EXCLUSION_SNAPSHOT_DIFFERS where another counted other rows in the same bytes. Two organisations that hold different
 * bytes for one month make two snapshots, and everybody sees that neither is attested twice.
 */
export function recordExclusionSnapshot(existing: ExclusionSnapshot | undefined, command: RecordExclusionSnapshot, { actor, now, txId }: RegistryExecution): ExclusionSnapshot | undefined {
  if (existing !== undefined && existing.rows !== command.rows) throw new DomainError('EXCLUSION_SNAPSHOT_DIFFERS');
  const attestations = existing?.attestations ?? [];
  if (attestations.some(({ mspId }) => mspId === actor.member.mspId)) return undefined;
  const { source, month, file, sha256, rows } = command;
  return { schema: 'exclusion-snapshot/v1', source, month, file, sha256, rows, attestations: [...attestations, { mspId: actor.member.mspId, subject: actor.subject, recordedAt: now, txId }] };
}

/** Whether a second organisation says the same. */
export function isAttested({ attestations }: Pick<ExclusionSnapshot, 'attestations'>): boolean {
  return attestations.length >= ATTESTATIONS_NEEDED;
}
