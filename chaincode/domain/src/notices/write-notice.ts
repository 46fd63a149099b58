import type { EobBody, LineDecision } from '../adjudication/adjudication.js';
import { COMMERCIAL_APPEALS, lastDayToFile } from '../appeals/deadlines.js';
import type { AppealTerms } from '../appeals/deadlines.js';
import type { PlainDate } from '../shared/dates.js';
import type { Currency, Minor } from '../shared/money.js';
import type { Contact, NoticeItem } from './notice.js';
import { inWords } from './reasons.js';

/** An amount as people read it. */
export function amountText(minor: Minor, currency: Currency): string {
  const digits = String(Math.abs(minor)).padStart(3, '0');
  return `${minor < 0 ? '-' : ''}${currency} ${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** How decisions of this claim's product are appealed. */
export function appealTermsOf({ adjudication }: Pick<NoticeItem, 'adjudication'>): AppealTerms {
  return adjudication.body.facts.plan?.terms.appeals ?? COMMERCIAL_APPEALS;
}

/** The explanation of benefits of a decision: every service, what was paid, what is left and why. */
export function explanationText(item: NoticeItem, contact: Contact, issuedOn: PlainDate): string {
  const { body } = item.eob;
  return text([
    ...heading('Explanation of benefits', item, contact, issuedOn),
    'This is not a bill. It explains what your insurance did with a claim of your provider.',
    ...body.lines.map((line) => lineText(line, body.currency)),
    totalsText(body),
    payeeText(body),
    questions(contact),
  ]);
}

/** The notice of what is not paid: which services, why, by which rules, and how to object. */
export function adverseText(item: NoticeItem, contact: Contact, issuedOn: PlainDate): string {
  const { body } = item.eob;
  const { facts, ruleSet } = item.adjudication.body;
  const plan = facts.plan === undefined ? 'no plan' : `the plan ${facts.plan.terms.name} (version ${facts.plan.version})`;
  return text([
    ...heading('We do not pay for all of your claim', item, contact, issuedOn),
    'These services are not paid:',
    ...body.lines.filter(({ denied }) => denied).map((line) => lineText(line, body.currency)),
    `We decided by ${plan} and our rules ${ruleSet}. You may ask for a copy of everything that we looked at, free of charge, and for the meaning of each code.`,
    ...appealText(appealTermsOf(item), contact, issuedOn),
    questions(contact),
  ]);
}

function heading(title: string, { claim, eob }: NoticeItem, contact: Contact, issuedOn: PlainDate): readonly string[] {
  const { subscriber, patient, billing } = claim.body.content;
  const { givenName = '', familyName } = patient ?? subscriber;
  return [
    `${contact.insurer}\n${contact.address}`,
    `${title}\n${issuedOn}`,
    `Patient: ${`${givenName} ${familyName}`.trim()}\nMember number: ${subscriber.memberId}\nClaim number: ${claim.id}, decision ${eob.version}\nProvider: ${billing.name ?? billing.npi ?? 'not named'}`,
  ];
}

function lineText(line: LineDecision, currency: Currency): string {
  const days = line.serviceFrom === line.serviceThru ? line.serviceFrom : `${line.serviceFrom} to ${line.serviceThru}`;
  const amounts = line.adjustments.map((adjustment) => `  ${amountText(adjustment.amountMinor, currency)}: ${inWords(adjustment)} (${adjustment.group}-${adjustment.reason})`);
  return [`Service ${line.procedure.code} on ${days}: charged ${amountText(line.chargeMinor, currency)}, paid ${amountText(line.paidMinor, currency)}`, ...amounts].join('\n');
}

function totalsText({ totals, currency }: EobBody): string {
  const { chargeMinor, allowedMinor, paidMinor, patientMinor } = totals;
  return `In all: charged ${amountText(chargeMinor, currency)}, allowed ${amountText(allowedMinor, currency)}, paid ${amountText(paidMinor, currency)}. You may owe ${amountText(patientMinor, currency)}.`;
}

function payeeText({ payee, totals }: EobBody): string {
  if (totals.paidMinor === 0) return 'There is no payment.';
  return payee === 'member' ? 'We pay you, as you did not assign your benefits to the provider. The provider may ask you for its whole charge.' : 'We pay the provider.';
}

/** Review within the insurer, then by an independent organisation (45 CFR 147.136; 29 CFR 2560.503-1). */
function appealText({ first, hasSecond, externalFileWithinMonths, externalDecideWithinDays, urgentHours, ...terms }: AppealTerms, { address, telephone }: Contact, issuedOn: PlainDate): readonly string[] {
  const by = lastDayToFile({ first, hasSecond, externalFileWithinMonths, externalDecideWithinDays, urgentHours, ...terms }, 'FIRST', issuedOn);
  return [
    `If you think that we are wrong, you can ask us to look at it again until ${by}. Write to ${address} or call ${telephone}; say which claim it is and why, and add whatever you want us to read. Somebody else may do it for you. Another person than the one who decided will decide again, within ${first.decideWithinDays} days.`,
    ...(hasSecond ? [`If we say no again, there is a second review within our house; you have ${terms.second.fileWithinDays} days to ask for it.`] : []),
    `After that you can ask for a review by an organisation that is independent of us, within ${externalFileWithinMonths} months of our last answer. It costs you nothing, it decides within ${externalDecideWithinDays} days, and we are bound by what it says.`,
    `If waiting would endanger your health, say so: then each of these reviews is decided within ${urgentHours} hours, and you may ask for the independent one at once.`,
  ];
}

function questions({ telephone }: Contact): string {
  return `Questions, or this letter in another language or a larger print: ${telephone}.`;
}

function text(paragraphs: readonly string[]): string {
  return `${paragraphs.join('\n\n')}\n`;
}
