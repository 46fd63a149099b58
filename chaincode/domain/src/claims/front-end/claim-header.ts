import { addDays, isPlainDate } from '../../shared/dates.js';
import { contradictory, invalid, missing, required } from './check.js';
import type { FrontEndCheck, Finding } from './check.js';

// Status codes of the 277 used here: 33 subscriber, 125 name, 158 birth date, 164 member number, 400 out of balance,
// 464 payer's claim number, 478 submitter's claim number, 535 claim frequency.

/** A claim is an original (1), or replaces (7) or voids (8) one that it names by the payer's number. */
export const frequencyCheck: FrontEndCheck = {
  id: 'frequency/v2',
  source: '837P CLM05-3; claims guide 2.2',
  examine: ({ frequency, originalReference }) => {
    if (frequency === '1') return [];
    if (frequency !== '7' && frequency !== '8') return [invalid('535', '/frequency')];
    return originalReference === undefined ? [missing('464', '/originalReference')] : [];
  },
};

/** As frequency/v2; an institution also bills parts of a stay: first (2), and, naming the bill before, continuing (3), last (4), late charges (5). */
export const billFrequencyCheck: FrontEndCheck = {
  id: 'bill-frequency/v1',
  source: '837I CLM05-3; claims guide, decisions (clock and life cycle)',
  examine: ({ frequency, originalReference }) => {
    if (frequency === '1' || frequency === '2') return [];
    if (!['3', '4', '5', '7', '8'].includes(frequency)) return [invalid('535', '/frequency')];
    return originalReference === undefined ? [missing('464', '/originalReference')] : [];
  },
};

/** A claim needs the hospital's own number, by which every answer names it. */
export const claimNumberCheck: FrontEndCheck = {
  id: 'claim-number/v1',
  source: '837P CLM01',
  examine: ({ patientControlNumber }) => required(patientControlNumber, (text) => text.length <= 38, '478', '/patientControlNumber'),
};

/** The subscriber is named by member id and family name. */
export const subscriberCheck: FrontEndCheck = {
  id: 'subscriber/v1',
  source: '837P loop 2010BA; claims guide 2.3 step 1',
  examine: ({ subscriber }) => [
    ...required(subscriber.memberId, () => true, '164', '/subscriber/memberId'),
    ...required(subscriber.familyName, () => true, '125', '/subscriber/familyName'),
  ],
};

/** The patient has a family name and a real birth date that is not in the future. */
export const patientCheck: FrontEndCheck = {
  id: 'patient/v1',
  source: '837P loops 2010BA and 2010CA; claims guide 2.3 step 1',
  examine: ({ subscriber, patient }, receivedOn) => {
    const at = patient === undefined ? '/subscriber' : '/patient';
    const { familyName, birthDate } = patient ?? subscriber;
    const isPossible = (date: string): boolean => isPlainDate(date) && date <= latestDate(receivedOn);
    return [...(patient === undefined ? [] : required(familyName, () => true, '125', `${at}/familyName`)), ...required(birthDate, isPossible, '158', `${at}/birthDate`)];
  },
};

/** The claim's charge is the sum of its lines'. */
export const balanceCheck: FrontEndCheck = {
  id: 'balance/v1',
  source: '837P CLM02; claims guide 2.3 step 1',
  examine: ({ totalChargeMinor, lines }) => {
    const sum = lines.reduce((total, { chargeMinor }) => total + chargeMinor, 0);
    return sum === totalChargeMinor ? [] : ([contradictory('400', '/totalChargeMinor')] satisfies Finding[]);
  },
};

/** No clock of the world is more than a day ahead of the date in UTC. */
export function latestDate(receivedOn: string): string {
  return addDays(receivedOn, 1);
}
