import { canonicalJson, documentKey, licenceId } from '@medaccord/domain';
import type { CredentialFileBody, LicenceEvent, PractitionerSignature, SealedEvent, VerificationBody } from '@medaccord/domain';
import { sha256 } from '../../ledger/blocks/chain-records.js';
import type { CredentialPacket, PacketDocument, PlacedDocument } from './packet.js';
import { textPdf } from './pdf-pages.js';

/** The packet for a surveyor's eyes; every page names the SHA-256 of the packet that the verifier reads. */
export function printPacket(packet: CredentialPacket): Buffer {
  return textPdf(linesOf(packet), `SHA-256 of the packet ${sha256(Buffer.from(canonicalJson(packet)))}`);
}

/** What the printed form says, line by line. */
export function linesOf(packet: CredentialPacket): readonly string[] {
  const { ownerMsp, channel, through, documents, licences } = packet;
  const inTime = documents.toSorted((first, second) => (timeOf(first) < timeOf(second) ? -1 : 1));
  const [file] = documents.flatMap(({ document }) => (document.kind === 'credential-file' ? document : [])).slice(-1);

  return [
    `CREDENTIAL FILE ${packet.fileId}`,
    `Clinician NPI ${file?.body.npi ?? ''}   Organisation ${ownerMsp}   Channel ${channel}   As of block ${through.blockNumber}`,
    '',
    ...(file === undefined ? [] : fileLines(file.body)),
    'WHAT WAS KNOWN WHEN (time of the transaction, block, document and version, person)',
    ...inTime.map(knownLine),
    '',
    'RECEIPTS',
    ...documents.flatMap(({ document }, index) => (document.kind === 'verification' && isNewest(documents, index) ? receiptLines(document.id, document.body) : [])),
    'LICENCES, AS THE BOARDS WROTE THEM',
    ...licences.flatMap(({ licence, events }) => [licenceId(licence), ...events.map(eventLine), '']),
    'This page proves nothing by itself: the packet does, with the blocks and the members\' root certificates (see the verifier).',
  ];
}

function fileLines({ state, profession, jurisdiction, payer, event, programme, recipe, decision, notice, nextDueOn, gaps, attested }: CredentialFileBody): readonly string[] {
  const decided = decision && `Decision ${decision.outcome} ${decision.at} by ${decision.by} (${decision.route}), policy ${decision.policy}${decision.appealable ? ', may be appealed' : ''}`;

  return [
    `State ${state}   ${event} ${profession} in ${jurisdiction} for ${payer}   programme ${programme}   recipe ${recipe}`,
    ...(decided === undefined ? [] : [decided]),
    ...(notice === undefined ? [] : [`Notice ${notice.sentOn}${notice.late ? ' (late)' : ''}`]),
    ...(nextDueOn === undefined ? [] : [`Next decision due ${nextDueOn}`]),
    ...attested.map(({ element, signedOn, practitioner }) => `Statement: ${element} of ${signedOn}, ${bySign(practitioner)}`),
    ...gaps.map(({ element, why }) => `Gap: ${element} ${why}`),
    '',
  ];
}

function timeOf({ document, blockNumber }: PlacedDocument): string {
  return `${String(blockNumber).padStart(12, '0')} ${document.recorded.at} ${documentKey(document)}`;
}

function knownLine({ document, blockNumber }: PlacedDocument): string {
  const says = whatItSays(document);

  return `${document.recorded.at}  block ${String(blockNumber).padStart(6)}  ${document.kind} ${document.id.slice(0, 8)} v${document.version}  ${says}  ${document.recorded.by.actorId}`;
}

function whatItSays(document: PacketDocument): string {
  switch (document.kind) {
    case 'credential-file':
      return document.body.state;
    case 'verification':
      return `${document.body.element} ${document.body.review?.decision ?? 'collected'}`;
    case 'consent': {
      const { practitioner, withdrawn } = document.body;

      return withdrawn === undefined ? `given, ${bySign(practitioner)}` : `withdrawn, ${bySign(withdrawn.practitioner)}`;
    }
  }
}

/** Only what is signed is shown as the practitioner's own act. */
function bySign(practitioner: PractitionerSignature | undefined): string {
  return practitioner === undefined ? 'a document that was recorded' : 'signed by the practitioner';
}

function isNewest(documents: readonly PlacedDocument[], index: number): boolean {
  const [one, next] = [documents[index]?.document, documents[index + 1]?.document];

  return one?.id !== next?.id;
}

function receiptLines(id: string, { element, source, method, retrievedAt, asOf, finding, collectedBy, review, ledgerProof }: VerificationBody): readonly string[] {
  return [
    `${element}  ${id}`,
    `  source ${source.name} (${source.type}) by ${method}, as of ${asOf}, retrieved ${retrievedAt} by ${collectedBy.system} ${collectedBy.version} for ${collectedBy.actorId}`,
    `  answer ${answerOf(finding)}`,
    ...(ledgerProof === undefined ? [] : [`  proof channel ${ledgerProof.channel}, transaction ${ledgerProof.txId}`]),
    `  review ${review === undefined ? 'none' : `${review.decision} by ${review.by} ${review.at}`}`,
    ...(review?.discrepancies ?? []).map((one) => `  discrepancy ${one}`),
    '',
  ];
}

function answerOf(finding: VerificationBody['finding']): string {
  switch (finding.type) {
    case 'standing':
      return `${finding.authority} in ${finding.jurisdiction}; ${finding.licences.map(({ licence, knownAt, provenance }) => `${licenceId(licence)} known at ${knownAt}, events ${provenance.join(' ')}`).join('; ')}`;
    case 'npdb':
      return `data bank queried (${finding.query}), control number ${finding.controlNumber}; its answer is confidential`;
    case 'credential':
      return [finding.found ? 'found' : 'not found', finding.number, finding.expiresOn && `expires ${finding.expiresOn}`, finding.completedOn && `completed ${finding.completedOn}`, ...finding.adverse].filter(Boolean).join(', ');
  }
}

function eventLine(event: LicenceEvent | SealedEvent): string {
  if ('sealed' in event) return `  ${event.sequence}. sealed by a court`;
  const { sequence, kind, target, action, recordedAt, recordedBy } = event;
  const about = target === undefined ? '' : ` of event ${target}`;

  return `  ${sequence}. ${kind}${about} ${action?.type ?? ''} effective ${action?.effectiveFrom ?? '-'}  recorded ${recordedAt} by ${recordedBy.mspId} (${recordedBy.role})`;
}
