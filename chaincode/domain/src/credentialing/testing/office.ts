import type { OwnDocument } from '../../documents/document.js';
import type { PracticeAuthority } from '../../licences/standing.js';
import type { PlainDate } from '../../shared/dates.js';
import { toHex } from '../../shared/bytes.js';
import { parse } from '../../shared/parse.js';
import { sha256 } from '../../shared/testing/sha256.js';
import type { PractitionerCertificate } from '../../providers/practitioner-certificate.js';
import type { Element } from '../../verification/elements.js';
import type { CollectVerification } from '../../verification/verify.js';
import type { VerificationDocument } from '../../verification/verification.js';
import type { CredentialFileDocument } from '../../credential-files/credential-file.js';
import { ownCommandShape } from '../command.js';
import type { OwnCommand, OwnCommandBody } from '../command.js';
import type { OwnExecution } from '../execution.js';
import { executeOwn, ownPreconditionsOf } from '../verbs.js';

export const NPI = '1234567893';
export const HASH = 'ab'.repeat(32);
export const LICENCE = { jurisdiction: 'CA', board: 'ca-medical', type: 'MD', number: 'A1' };

/** A 32-digit id of a short name. */
export function idOf(name: string): string {
  return Array.from({ length: name.length }, (_, index) => name.charCodeAt(index).toString(16)).join('').padStart(32, '0');
}

/** One organisation's office: what it recorded, and the day that it is. */
export class Office {
  today: PlainDate;
  /** What the registry answers about every clinician. */
  authority: PracticeAuthority = 'FULL';
  actor = 'collector';
  /** Certificates that boards have introduced. */
  practitioners: readonly PractitionerCertificate[] = [];
  readonly #documents = new Map<string, OwnDocument<string, unknown>>();
  #commands = 0;

  constructor(today: PlainDate) {
    this.today = today;
  }

  /** Gives a command, read from JSON as it travels, and keeps what it writes. */
  run(body: OwnCommandBody, actor = this.actor): void {
    this.#commands += 1;
    const command: OwnCommand = {
      schema: 'credentials-command/v1', commandId: idOf(`command${this.#commands}`), salt: '00'.repeat(16), actor: { id: actor, role: 'credentialing' }, parties: { ownerMsp: 'GeneralMSP' }, body,
    };
    const read = parse(ownCommandShape, JSON.parse(JSON.stringify(command)) as unknown);
    for (const document of executeOwn(read, this.#execution(read)).documents) this.#documents.set(`${document.kind}~${document.id}`, document);
  }

  /** The newest version of a document. */
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the kind says which document it is
  newest<D>(kind: string, name: string): D {
    const found = this.#documents.get(`${kind}~${idOf(name)}`);
    if (found === undefined) throw new Error(`no ${kind} ${name}`);
    return found as D;
  }

  verification(name: string): VerificationDocument {
    return this.newest('verification', name);
  }

  file(name: string): CredentialFileDocument {
    return this.newest('credential-file', name);
  }

  /** Asks a source about an element, as a system does, unless told otherwise. */
  question(name: string, element: Element, changes: Partial<CollectVerification> = {}): CollectVerification {
    return {
      verb: 'collectVerification', verificationId: idOf(name), npi: NPI, namesSearched: ['Byron, Ada'], element, source: { name: 'source', type: 'primary' }, method: 'api', criteria: 'npi',
      asOf: this.today, answer: { type: 'credential', found: true, adverse: [], references: [] }, surname: 'Byron', system: 'gateway', systemVersion: '1', ...changes,
    };
  }

  /** Collects and has a second person accept it. */
  verified(name: string, element: Element, changes: Partial<CollectVerification> = {}): VerificationDocument {
    this.run(this.question(name, element, changes));
    this.run({ verb: 'reviewVerification', verification: this.verification(name), decision: 'accepted', discrepancies: [] }, 'reviewer');
    return this.verification(name);
  }

  #execution({ commandId, salt, actor, parties, body }: OwnCommand): OwnExecution {
    const asked = ownPreconditionsOf(body, this.today);
    const practitioners = (asked.practitioners ?? []).map(({ npi, fingerprint }) => this.practitioners.find((one) => one.npi === npi && one.fingerprint === fingerprint) ?? null);
    const standings = asked.standings.map(({ npi, jurisdiction, from, thru }) => ({
      npi, jurisdiction, from, thru, registered: true,
      periods: [{ from, thru, authority: this.authority }],
      licences: [{ licence: LICENCE, knownAt: 3, linkKnownAt: 1, periods: [{ from, thru, lifecycle: 'ACTIVE' as const, authority: this.authority, encumbrances: [], provenance: ['e1', 'e3'] }] }],
    }));
    return {
      now: `${this.today}T12:00:00.000Z`, txId: 'cd'.repeat(32), commandId, salt, sha256, channel: 'medaccord', owner: parties,
      verify: (publicKey, bytes, signature) => signature === signatureOf(publicKey, bytes),
      actor: { mspId: parties.ownerMsp, actorId: actor.id, role: actor.role },
      registry: { schema: 'standings-for-claims/v1', clock: null, members: [], standings, ...(practitioners.length > 0 && { practitioners }) },
    };
  }
}

/** A signature that nobody but the holder of the key could make, as far as these tests go. */
export function signatureOf(publicKey: string, bytes: Uint8Array): string {
  return `${publicKey} ${toHex(sha256(bytes))}`;
}
