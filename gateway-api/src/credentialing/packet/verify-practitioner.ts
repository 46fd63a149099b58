import { createPublicKey, verify } from 'node:crypto';
import { documentKey, implicitCollection, practitionerActBytes } from '@medaccord/domain';
import type { PractitionerAct, PractitionerCertificate, PractitionerSignature } from '@medaccord/domain';
import { isBefore } from '../../ledger/blocks/chain-records.js';
import type { PacketDocument } from './packet.js';
import type { PacketCheck } from './verify-documents.js';
import type { PacketFindings } from './verify-packet.js';
import { compositeKey, recordOf, RegistryRecords } from '../../ledger/blocks/registry-records.js';

/** An act that a document says the practitioner signed. */
interface SignedAct {
  readonly document: PacketDocument;
  readonly act: PractitionerAct;
  readonly practitioner: PractitionerSignature;
}

/** Checks each signature of the practitioner with the certificate that a board had introduced for the NPI when it was recorded. */
export function verifyPractitioner(check: PacketCheck): PacketFindings {
  const acts = check.packet.documents.flatMap(({ document }) => actsIn(document));
  // Later versions repeat what was signed, when the certificate may have been withdrawn.
  const first = acts.filter(({ practitioner }, index) => acts.findIndex((one) => one.practitioner.signature === practitioner.signature) === index);

  return { faults: first.filter((act) => !isOwnAct(act, check)).map(({ document }) => ({ code: 'NOT_SIGNED_BY_PRACTITIONER', subject: documentKey(document) })), later: [] };
}

function actsIn(document: PacketDocument): readonly SignedAct[] {
  switch (document.kind) {
    case 'consent': {
      const { npi, recordedAs: _, practitioner, withdrawn, ...release } = document.body;
      const acts: readonly [PractitionerAct, PractitionerSignature | undefined][] = [
        [{ act: 'consent', consentId: document.id, npi, ...release }, practitioner], [{ act: 'withdrawal', consentId: document.id, npi, reason: withdrawn?.reason ?? '' }, withdrawn?.practitioner],
      ];

      return acts.flatMap(([act, signature]) => (signature === undefined ? [] : [{ document, act, practitioner: signature }]));
    }
    case 'credential-file':
      return document.body.attested.flatMap(({ practitioner, recordedAs: _, recordedBy: __, ...statement }) =>
        (practitioner === undefined ? [] : [{ document, act: { act: 'attestation', fileId: document.id, npi: document.body.npi, ...statement }, practitioner }]));
    case 'verification':
      return [];
  }
}

function isOwnAct({ document, act, practitioner }: SignedAct, { packet, records, roots }: PacketCheck): boolean {
  const { chaincodes, ownerMsp, channel } = packet;
  const recorded = records.privateWrites(chaincodes.claims, implicitCollection(ownerMsp), documentKey(document))[0]?.transaction;
  const registry = new RegistryRecords(records, chaincodes.registry, roots);
  const writes = registry.writes(compositeKey('practitioner-certificate', [act.npi, practitioner.signer]));
  const written = writes.filter(({ transaction }) => recorded !== undefined && isBefore(transaction, recorded)).at(-1);
  const certificate = recordOf<PractitionerCertificate>(written);
  if (written === undefined || certificate === undefined || certificate.withdrawnAt !== undefined || certificate.expires <= document.recorded.at) return false;

  return registry.isProved(written, certificate.mspId) && isSignature(certificate.publicKey, practitionerActBytes(channel, ownerMsp, act), practitioner.signature);
}

/** As the chaincode checks it: ECDSA over SHA-256 in DER, or Ed25519. */
function isSignature(publicKey: string, bytes: Uint8Array, signature: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });

    return verify(key.asymmetricKeyType === 'ed25519' ? null : 'sha256', bytes, key, Buffer.from(signature, 'base64'));
  } catch {
    return false;
  }
}
