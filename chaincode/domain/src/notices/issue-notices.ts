import { lastDayToFile } from '../appeals/deadlines.js';
import { NO_PRECONDITIONS } from '../claims/preconditions.js';
import type { Preconditions } from '../claims/preconditions.js';
import { recorded } from '../coverage/record-statements.js';
import { referenceTo } from '../documents/bytes.js';
import type { JointParties } from '../documents/document.js';
import { newDocument } from '../documents/execution.js';
import type { Effects, Execution } from '../documents/execution.js';
import { documentKey } from '../documents/key.js';
import { dateOfInstant } from '../shared/dates.js';
import { DomainError } from '../shared/errors.js';
import type { Contact, IssueNotices, NoticeBody, NoticeItem } from './notice.js';
import { adverseText, appealTermsOf, explanationText } from './write-notice.js';

/** What notices rest on: decisions that stand. */
export function noticePreconditions({ items }: IssueNotices): Preconditions {
  return {
    ...NO_PRECONDITIONS,
    documents: items.flatMap(({ claim, adjudication, eob }) => [claim, adjudication, eob]),
    absent: items.map(({ eob: { id, version } }) => ({ key: documentKey({ kind: 'reversal', id, version }), code: 'ADJUDICATION_REVERSED' as const })),
  };
}

/** Writes notices from the decisions alone. Throws INPUT_MISMATCH for documents of several claims, NOTICE_NOT_DUE where nothing is denied. */
export function issueNotices({ items, contact }: IssueNotices, { insurerMsp }: JointParties, execution: Execution): Effects {
  return recorded(items.map((item, index) => {
    const { claim, adjudication, eob, version } = item;
    const isOneDecision = adjudication.id === claim.id && eob.id === claim.id && eob.version === adjudication.version;
    if (!isOneDecision) throw new DomainError('INPUT_MISMATCH', { input: 'eob', items: [String(index)] });
    return newDocument(execution, 'notice', { id: claim.id, version }, { insurerMsp }, bodyOf(item, contact, execution, String(index)));
  }));
}

function bodyOf(item: NoticeItem, contact: Contact, { now, sha256 }: Execution, place: string): NoticeBody {
  const issuedOn = dateOfInstant(now, item.adjudication.body.facts.plan?.terms.utcOffsetMinutes ?? 0);
  const about = referenceTo(item.eob, sha256);
  if (item.type === 'EXPLANATION_OF_BENEFITS') return { type: item.type, about, issuedOn, text: explanationText(item, contact, issuedOn) };
  if (!item.eob.body.lines.some(({ denied }) => denied)) throw new DomainError('NOTICE_NOT_DUE', { items: [place] });
  return { type: item.type, about, issuedOn, appealBy: lastDayToFile(appealTermsOf(item), 'FIRST', issuedOn), text: adverseText(item, contact, issuedOn) };
}
