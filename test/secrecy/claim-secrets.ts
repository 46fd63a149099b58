import { canonicalBytes } from '@medaccord/domain';
import type { AnyDocument, ClaimContent, ClaimFile } from '@medaccord/domain';
import type { ClaimFacts } from '../demo/facts.js';
import type { Secret } from './findings.js';

/** What a claim says of a patient and of money, as a stranger would look for it. */
export function contentSecrets({ patientControlNumber, subscriber, patient, diagnoses, lines, totalChargeMinor }: ClaimContent): Secret[] {
  return [
    secret('claim number', patientControlNumber),
    secret('member id', subscriber.memberId),
    secret('name', subscriber.familyName),
    secret('name', subscriber.givenName),
    secret('birth date', subscriber.birthDate),
    secret('name', patient?.familyName),
    secret('name', patient?.givenName),
    secret('birth date', patient?.birthDate),
    ...diagnoses.map(({ code }) => secret('diagnosis', code)),
    ...lines.map(({ procedure }) => secret('procedure', procedure.code)),
    ...lines.flatMap(({ chargeMinor }) => amountSecrets(chargeMinor)),
    ...amountSecrets(totalChargeMinor),
  ].flat();
}

/** What was decided: status, amounts and reasons. */
export function decisionSecrets({ claimId, outcome, decision, paid, allowed, patient, lines }: ClaimFacts): Secret[] {
  const reasons = lines.flatMap(({ adjustments, remarks }) => [...Object.keys(adjustments), ...remarks]);
  return [
    secret('claim id', claimId),
    secret('status', outcome),
    secret('status', decision),
    ...[paid, allowed, patient].flatMap((amount) => amountSecrets(amount ?? 0)),
    ...reasons.map((reason) => secret('reason', reason)),
  ].flat();
}

/** Documents without their salts: had a recorded hash been made of these bytes, a stranger could guess what is in it. */
export function unsaltedDocuments({ claim, adjudication, eob, payment, reversal, pend }: ClaimFile): Secret[] {
  return [claim, adjudication, eob, payment, reversal, pend].flatMap((document) => (document === null ? [] : unsaltedForms(document)));
}

function unsaltedForms({ salt, ...document }: AnyDocument): Secret[] {
  return [document, document.body].map((value) => ({ what: `unsalted ${document.kind}`, value: canonicalBytes(value) }));
}

/** Amounts of less than a unit of currency are found everywhere and tell nothing. */
function amountSecrets(minor: number): Secret[] {
  return minor < 1000 ? [] : [secret('amount', String(minor)), secret('amount', (minor / 100).toFixed(2))].flat();
}

function secret(what: string, value: string | undefined): Secret[] {
  return value === undefined || value === '' ? [] : [{ what, value }];
}

/** Each value once. */
export function distinct(secrets: readonly Secret[]): Secret[] {
  return [...new Map(secrets.map((one) => [Buffer.from(one.value).toString('base64'), one])).values()];
}
