import type { AnyFiled, OwnDocument, Owner } from '../documents/document.js';
import { newDocument } from '../documents/execution.js';
import type { Recording } from '../documents/execution.js';
import type { VerifySignature } from '../licences/order-rights.js';
import type { PractitionerQuery } from '../providers/practitioner-certificate.js';
import type { StandingQuery, StandingsForClaimsResponse } from '../licences/standing-query.js';
import type { PlainDate } from '../shared/dates.js';
import type { CredentialKind } from './kinds.js';
import type { OwnReceiptItem } from './receipt.js';

/** What a command of the credentials contract is carried out with; equal at every peer of the owner. */
export interface OwnExecution extends Recording {
  readonly owner: Owner;
  readonly channel: string;
  readonly verify: VerifySignature;
  /** What the registry answered in this transaction. */
  readonly registry: StandingsForClaimsResponse;
}

/** The day of the transaction, UTC: what a command of today may be dated. */
export function todayIn({ now }: Pick<OwnExecution, 'now'>): PlainDate {
  return now.slice(0, 10);
}

/** What must hold before a command is carried out. */
export interface OwnPreconditions {
  /** Documents that must be the recorded ones and the newest. */
  readonly documents: readonly OwnDocument<CredentialKind, unknown>[];
  /** What the registry is asked. */
  readonly standings: readonly StandingQuery[];
  /** Certificates that something is signed with. */
  readonly practitioners?: readonly PractitionerQuery[];
}

/** Nothing at all. */
export const NOTHING_ASKED: OwnPreconditions = { documents: [], standings: [] };

/** What carrying out a command writes. */
export interface OwnEffects {
  readonly documents: readonly OwnDocument<CredentialKind, unknown>[];
  readonly items: readonly OwnReceiptItem[];
}

/** The following version of a document. */
export function nextVersion({ id, version }: Pick<AnyFiled, 'id' | 'version'>): { readonly id: string; readonly version: number } {
  return { id, version: version + 1 };
}

/** One new document, and its line in the receipt. */
export function recordedDocument(execution: OwnExecution, kind: CredentialKind, name: { readonly id: string; readonly version: number }, body: object): OwnEffects {
  return { documents: [newDocument(execution, kind, name, execution.owner, body)], items: [{ kind, ...name }] };
}
