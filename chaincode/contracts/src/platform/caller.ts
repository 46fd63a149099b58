import { createHash } from 'node:crypto';
import type { ClientIdentity } from 'fabric-shim-api';

/** Names of the certificate attributes that this project reads. */
export const ROLE_ATTRIBUTE = 'medaccord.role';
export const UNIT_ATTRIBUTE = 'medaccord.unit';
export const NPI_ATTRIBUTE = 'medaccord.npi';

/** Who signed the proposal, by certificate alone. */
export interface Caller {
  readonly mspId: string;
  /** Absent where the certificate names none: such a caller may do nothing. */
  readonly role: string | undefined;
  readonly unit: string | undefined;
  /** SHA-256 in hexadecimal of the certificate's subject and issuer. */
  readonly subject: string;
}

/** The caller of a transaction. */
export function callerOf(identity: ClientIdentity): Caller {
  return {
    mspId: identity.getMSPID(),
    role: identity.getAttributeValue(ROLE_ATTRIBUTE) ?? undefined,
    unit: identity.getAttributeValue(UNIT_ATTRIBUTE) ?? undefined,
    subject: createHash('sha256').update(identity.getID(), 'utf8').digest('hex'),
  };
}
