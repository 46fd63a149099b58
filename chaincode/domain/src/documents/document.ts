import { isMspId, isOpaqueId, isSalt } from '../shared/ids.js';
import type { OpaqueId } from '../shared/ids.js';
import type { Instant } from '../shared/dates.js';
import { freeText, instant, integer, object, oneOf, optional, sha256Shape, text, where } from '../shared/parse.js';
import type { Fields, Shape } from '../shared/parse.js';
import { isPart } from './key.js';
import type { DocumentKind } from './key.js';

/**
 * The two organisations that a document concerns. With `hospitalMsp` it is joint: equal bytes in both implicit
 * collections, and void wherever the two differ. Without, it is the insurer's own statement in its collection alone.
 */
export interface Parties {
  readonly insurerMsp: string;
  readonly hospitalMsp?: string;
}

/** The one organisation that a document concerns; it lies in that organisation's collection alone. */
export interface Owner {
  readonly ownerMsp: string;
}

/** Whose collections hold a document. */
export type Holders = Parties | Owner;

/** Both parties of a joint document. */
export interface JointParties extends Parties {
  readonly hospitalMsp: string;
}

/** The person who caused a document: the organisation is proved by its certificate, the person is its own statement. */
export interface Recorder {
  readonly mspId: string;
  readonly actorId: string;
  readonly role: string;
  /** The agent for whom the person acts in the organisation's name, and the mandate by which. */
  readonly agent?: string;
  readonly mandate?: string;
}

/** How a document came to be. */
export interface Recorded {
  /** The transaction's timestamp. */
  readonly at: Instant;
  readonly txId: string;
  readonly commandId: OpaqueId;
  readonly by: Recorder;
}

/**
 * A document of private data: one version, never rewritten, stored as canonical JSON under `<kind>~<id>~<version>`. The
 * salt keeps the hash that every member sees from being reproduced by guessing.
 */
export interface FiledDocument<K extends string, Body, H extends Holders> {
  readonly schema: `${K}/v1`;
  readonly kind: K;
  readonly id: string;
  readonly version: number;
  readonly salt: string;
  readonly parties: H;
  readonly recorded: Recorded;
  readonly body: Body;
}

/** A document of the claims contract: joint, or the insurer's own statement. */
export type PrivateDocument<K extends DocumentKind, Body> = FiledDocument<K, Body, Parties>;

/** A document of the credentials contract: the owner's alone. */
export type OwnDocument<K extends string, Body> = FiledDocument<K, Body, Owner>;

/** A document of either contract, of which only the envelope matters. */
export type AnyFiled = FiledDocument<string, unknown, Holders>;

/** A document of this contract, whoever holds it. */
export type HeldDocument = FiledDocument<DocumentKind, unknown, Holders>;

/** A document of which only the envelope matters. */
export type AnyDocument = PrivateDocument<DocumentKind, unknown>;

export const opaqueId: Shape<string> = text(isOpaqueId);
export const mspId: Shape<string> = text(isMspId);

/** Reads the parties of a document or command; the two must differ. */
export const partiesShape: Shape<Parties> = where(
  object<Parties>({ insurerMsp: mspId, hospitalMsp: optional(mspId) }),
  ({ insurerMsp, hospitalMsp }) => insurerMsp !== hospitalMsp,
  'INCONSISTENT',
);

const recordedShape: Shape<Recorded> = object<Recorded>({
  at: instant,
  txId: sha256Shape,
  commandId: opaqueId,
  by: object<Recorder>({ mspId, actorId: freeText(1, 200), role: freeText(1, 64), agent: optional(freeText(1, 120)), mandate: optional(freeText(1, 120)) }),
});

/** Reads the owner of a document. */
export const ownerShape: Shape<Owner> = object<Owner>({ ownerMsp: mspId });

/** Reads a document of this kind and its only schema so far. */
export function documentShape<K extends DocumentKind, Body>(kind: K, body: Shape<Body>): Shape<PrivateDocument<K, Body>> {
  return filedShape(kind, partiesShape, body);
}

/** Reads an owner's document of this kind and its only schema so far. */
export function ownDocumentShape<K extends string, Body>(kind: K, body: Shape<Body>): Shape<OwnDocument<K, Body>> {
  return filedShape(kind, ownerShape, body);
}

function filedShape<K extends string, Body, H extends Holders>(kind: K, parties: Shape<H>, body: Shape<Body>): Shape<FiledDocument<K, Body, H>> {
  const fields = {
    schema: oneOf([`${kind}/v1`]),
    kind: oneOf([kind]),
    id: text(isPart),
    version: integer(1),
    salt: text(isSalt),
    parties,
    recorded: recordedShape,
    body,
  };
  // With K and Body still open, TypeScript cannot see that the fields are those of the document.
  return object(fields as unknown as Fields<FiledDocument<K, Body, H>>);
}

/** The same shape for documents that both parties hold. */
export function joint<T extends { readonly parties: Parties }>(shape: Shape<T>): Shape<T & { readonly parties: JointParties }> {
  return where(shape, ({ parties }) => parties.hospitalMsp !== undefined, 'INCONSISTENT') as Shape<T & { readonly parties: JointParties }>;
}
