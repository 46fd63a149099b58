import type { Sha256 } from '../shared/bytes.js';
import type { Instant } from '../shared/dates.js';
import type { Member } from './member.js';

/** Who acts: an organisation of the ledger's member registry and a person or service of it, by certificate. */
export interface RegistryActor {
  readonly member: Member;
  readonly role: string;
  /** The unit that the certificate is bound to; absent where it speaks for the whole organisation. */
  readonly unit?: string;
  /** SHA-256 in hexadecimal of the certificate's name: tells people apart without naming them. */
  readonly subject: string;
}

/** What a rule may know of the transaction that it runs in. */
export interface RegistryExecution {
  readonly actor: RegistryActor;
  /** The client's time, which peers let differ from their own by minutes. */
  readonly now: Instant;
  readonly txId: string;
  /** The domain has no cryptography of its own. */
  readonly sha256: Sha256;
}
