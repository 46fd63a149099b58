import { documentBytes, DomainError } from '@medaccord/domain';
import type { VerificationDocument } from '@medaccord/domain';
import { signatureBy } from './enrolled-identities.js';
import type { EnrolledIdentity } from './enrolled-identities.js';
import { SERVICE_ROLE } from './ledger.js';

/** The organisation's signature over a receipt, for readers outside: by the service identity that recorded it, no person. */
export class ReceiptSigner {
  readonly #identities: ReadonlyMap<string, EnrolledIdentity>;

  constructor(identities: ReadonlyMap<string, EnrolledIdentity>) {
    this.#identities = identities;
  }

  /** Certificate in PEM, and the signature over the receipt's bytes as recorded, in Base64. */
  sign(receipt: VerificationDocument): { readonly certificate: string; readonly data: string } {
    const identity = this.#identities.get(SERVICE_ROLE);
    if (identity === undefined) throw new DomainError('FORBIDDEN_ROLE');

    return { certificate: identity.certificate, data: signatureBy(identity, documentBytes(receipt)) };
  }
}
