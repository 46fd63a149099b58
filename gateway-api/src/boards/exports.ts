import { countingEvents, daysBetween, isDiscipline, isVisible, licenceId, npdbReportType } from '@medaccord/domain';
import type { BoardAction, BoardUnit, Discipline, LicenceEvent, LicenceView } from '@medaccord/domain';
import type { DueReport } from './board-index-store.js';
import { csvOf } from './csv-lines.js';
import { publicActs } from './public-licence.js';

/** A holder's name in parts: `Doe, Jane Ann` or `Jane Ann Doe`. */
interface NameParts {
  readonly firstName?: string;
  readonly middleName?: string;
  readonly lastName: string;
}

/** What discipline an event is, by its action: a code value of this project, five letters at most as FSMB's are. */
const ACTION_CODES: Readonly<Record<Discipline['type'] | 'SUMMARY' | 'PROBATION' | 'CONDITION' | 'REPRIMAND' | 'FINE' | 'MONITORING' | 'REINSTATE', string>> = {
  SUSPEND: 'SUSPD', SUMMARY: 'SUMMY', RESTRICT: 'RESTR', ENCUMBER: 'ENCUM', REVOKE: 'REVOK', SURRENDER: 'SURRD', PROBATION: 'PROBN', CONDITION: 'CONDN', REPRIMAND: 'REPRD', FINE: 'FINED', MONITORING: 'MONIT', REINSTATE: 'REINS',
};

/** A licence and its orders as a physician's report of FSMB's data centre has them; dates as midnights. */
export function fsmbReport(view: LicenceView, board: BoardUnit): object {
  const { licence: { licence, holder, numberAsPrinted }, standing: { asOf, lifecycle }, issuedOn, validThru } = view;
  const orders = ordersOf(view).map((events) => fsmbOrder(events, view, board));
  const name = nameParts(holder);

  return {
    asOfDateTimeUtc: `${asOf}T00:00:00Z`,
    boardActionStatus: lifecycle === 'UNKNOWN' ? 'Unknown' : orders.length > 0 ? 'Alerted' : 'Cleared',
    ...(name !== undefined && { names: { legal: { ...name, reportDate: midnight(asOf) }, other: [] } }),
    licenses: [{
      reportDate: midnight(asOf), licenseType: licence.type, issuerName: licence.jurisdiction, issuerDescription: board.name, status: lifecycle, licenseNumber: numberAsPrinted ?? licence.number,
      ...(issuedOn !== undefined && { issueDate: midnight(issuedOn) }), ...(validThru !== undefined && { expirationDate: midnight(validThru) }),
    }],
    boardOrders: orders,
  };
}

/** Public acts by their order: its first event, and what it did. What is about an act of another order stands in its own. */
function ordersOf(view: LicenceView): readonly (readonly LicenceEvent[])[] {
  const orders = new Map<string, LicenceEvent[]>();
  for (const event of publicActs(view)) orders.set(event.actionId, [...(orders.get(event.actionId) ?? []), event]);

  return [...orders.values()].filter((events) => events.some(({ kind }) => kind === 'INITIAL'));
}

function fsmbOrder(events: readonly LicenceEvent[], view: LicenceView, board: BoardUnit): object {
  const [first] = events;
  const counting = countingEvents(view);
  const acts = events.filter(({ kind }) => kind === 'INITIAL');
  const effective = acts.map(({ action }) => action?.effectiveFrom ?? '').sort();
  const appeal = counting.find(({ kind, target }) => kind === 'APPEAL' && acts.some(({ sequence }) => sequence === target))?.action?.effectiveFrom;
  const bases = [...new Set(acts.flatMap(({ action }) => (action !== undefined && 'basisCodes' in action ? action.basisCodes : [])))];

  return {
    // Thirteen hexadecimal digits of the order's id: a whole number that every system keeps exactly.
    orderId: Number.parseInt(first?.actionId.slice(0, 13) ?? '0', 16),
    ...(first?.order !== undefined && { orderNumber: first.order.number }),
    issueDate: midnight(first?.order?.decidedOn ?? first?.recordedAt.slice(0, 10) ?? ''),
    effectiveDate: midnight(effective[0] ?? ''),
    ...(appeal !== undefined && { appealDate: midnight(appeal) }),
    disciplinaryEntity: { code: board.jurisdiction.slice(-3), description: board.name.slice(0, 100), name: board.id.slice(0, 25) },
    actions: acts.map((event) => fsmbAction(event, counting)),
    bases: bases.map((code) => ({ code: code.slice(0, 5), description: code })),
  };
}

function fsmbAction({ sequence, action }: LicenceEvent, counting: readonly LicenceEvent[]): object {
  const thru = thruOf(action);
  const stay = counting.filter(({ kind, target }) => kind === 'STAY' && target === sequence).find((one) => !counting.some(({ kind, target }) => kind === 'STAY_LIFTED' && target === one.sequence));

  return {
    actionCode: codeOf(action),
    actionDescription: nameOf(action),
    isPrejudicial: isDiscipline(action),
    isIndefinite: isDiscipline(action) && thru === undefined,
    effectiveDate: midnight(action?.effectiveFrom ?? ''),
    ...(thru !== undefined && { expirationDate: midnight(thru), termDays: daysBetween(action?.effectiveFrom ?? thru, thru) + 1 }),
    ...(stay?.action?.type === 'STAY' && { actionStayed: { code: stay.action.codes === undefined ? 'FULL' : 'PART', description: stay.action.by } }),
  };
}

const licenceColumns = ['LastName', 'FirstName', 'MiddleName', 'Jurisdiction', 'Board', 'LicenseType', 'LicenseNumber', 'Active', 'LicenseStatus', 'OriginalIssueDate', 'ExpirationDate', 'DisciplineStatus'] as const;

/** Licences as Nursys asks for them: a row each, active YES or NO, encumbered or not. */
export function nursysLicences(views: readonly LicenceView[]): string {
  return csvOf(licenceColumns, views.map((view) => {
    const { licence: { licence, holder, numberAsPrinted }, standing: { lifecycle, authority, encumbrances, derived = [] }, issuedOn, validThru } = view;
    const open = [...encumbrances, ...derived].some(({ stayed }) => stayed !== true);
    const name = nameParts(holder);

    return {
      LastName: name?.lastName, FirstName: name?.firstName, MiddleName: name?.middleName, Jurisdiction: licence.jurisdiction, Board: licence.board, LicenseType: licence.type, LicenseNumber: numberAsPrinted ?? licence.number,
      Active: lifecycle === 'UNKNOWN' ? 'Contact board of nursing' : authority === 'FULL' || authority === 'LIMITED' ? 'YES' : 'NO',
      LicenseStatus: lifecycle === 'ACTIVE' ? (open ? 'ENCUMBERED' : 'UNENCUMBERED') : lifecycle,
      OriginalIssueDate: issuedOn, ExpirationDate: validThru, DisciplineStatus: publicActs(view).length > 0 ? 'YES' : 'NO',
    };
  }));
}

const disciplineColumns = ['Jurisdiction', 'Board', 'LicenseType', 'LicenseNumber', 'Sequence', 'OrderNumber', 'DateActionTaken', 'ActionCode', 'Action', 'About', 'BasisCodes', 'EffectiveFrom', 'EffectiveThru', 'Indefinite', 'AutomaticReinstatement'] as const;

/** Public acts as Nursys asks for them: a row each. */
export function nursysDiscipline(views: readonly LicenceView[]): string {
  return csvOf(disciplineColumns, views.flatMap((view) => publicActs(view).map(({ licence, sequence, kind, target, order, action, recordedAt }) => ({
    Jurisdiction: licence.jurisdiction, Board: licence.board, LicenseType: licence.type, LicenseNumber: licence.number, Sequence: sequence, OrderNumber: order?.number,
    DateActionTaken: order?.decidedOn ?? recordedAt.slice(0, 10), ActionCode: codeOf(action), Action: kind === 'INITIAL' ? nameOf(action) : kind, About: target,
    BasisCodes: action !== undefined && 'basisCodes' in action ? action.basisCodes.join(' ') : '', EffectiveFrom: action?.effectiveFrom, EffectiveThru: thruOf(action),
    Indefinite: isDiscipline(action) ? (thruOf(action) === undefined ? 'YES' : 'NO') : '',
    AutomaticReinstatement: action !== undefined && 'automaticReinstatement' in action ? (action.automaticReinstatement ? 'YES' : 'NO') : '',
  }))));
}

/** What a report to the National Practitioner Data Bank holds of a board's act; undefined where it is sealed by now. */
export function npdbReport(due: DueReport, view: LicenceView | undefined, board: BoardUnit, earlier: string | undefined): object | undefined {
  const event = view?.events.filter(isVisible).find(({ sequence }) => sequence === due.sequence);
  if (view === undefined || event === undefined) return undefined;
  const { order, action, kind } = event;
  const name = nameParts(view.licence.holder);
  const thru = thruOf(action);

  return {
    reportType: npdbReportType(event, view.events.filter(isVisible)),
    dueOn: due.reportDueOn,
    ...(due.controlNumber !== null && { controlNumber: due.controlNumber, sentOn: due.sentOn }),
    // A report about an earlier act names that one's control number.
    ...(earlier !== undefined && { previousControlNumber: earlier }),
    licence: event.licence,
    sequence: event.sequence,
    reportingEntity: { id: board.id, name: board.name, state: board.jurisdiction },
    subject: { ...(name ?? {}), licenseNumber: view.licence.numberAsPrinted ?? event.licence.number, licenseState: event.licence.jurisdiction, fieldOfLicensure: event.licence.type },
    action: {
      type: kind === 'INITIAL' ? nameOf(action) : kind, ...(order !== undefined && { orderNumber: order.number }), dateOfAction: order?.decidedOn ?? event.recordedAt.slice(0, 10),
      ...(action !== undefined && { effectiveDate: action.effectiveFrom }), ...(isDiscipline(action) && { lengthOfAction: thru === undefined ? 'INDEFINITE' : 'SPECIFIC' }),
      ...(thru !== undefined && { lengthInDays: daysBetween(action?.effectiveFrom ?? thru, thru) + 1 }),
      ...(action !== undefined && 'automaticReinstatement' in action && { automaticReinstatement: action.automaticReinstatement }),
      ...(action !== undefined && 'basisCodes' in action && { basisCodes: action.basisCodes }),
    },
  };
}

/** The act that an event's report is about, so that its control number can be named. */
export function reportedTarget(view: LicenceView | undefined, sequence: number): string | undefined {
  const event = view?.events.filter(isVisible).find((one) => one.sequence === sequence);
  const ended = event?.action?.type === 'REINSTATE' ? event.action.ends[0] : event?.target;

  return view === undefined || ended === undefined ? undefined : `${licenceId(view.licence.licence)} ${ended}`;
}

function nameParts(holder: string | undefined): NameParts | undefined {
  if (holder === undefined) return undefined;
  const [family = '', given] = holder.includes(',') ? holder.split(',', 2).map((part) => part.trim()) : [holder.trim().split(/\s+/).at(-1), holder.trim().split(/\s+/).slice(0, -1).join(' ')];
  const [first, ...middle] = (given ?? '').split(/\s+/).filter((part) => part !== '');

  return { ...(first !== undefined && { firstName: first }), ...(middle.length > 0 && { middleName: middle.join(' ') }), lastName: family };
}

function thruOf(action: BoardAction | undefined): string | undefined {
  return action !== undefined && 'effectiveThru' in action ? action.effectiveThru : undefined;
}

function nameOf(action: BoardAction | undefined): string {
  if (action?.type === 'ENCUMBER') return action.encumbrance;

  return action?.type === 'SUSPEND' && action.summary ? 'SUMMARY_SUSPENSION' : (action?.type ?? '');
}

function codeOf(action: BoardAction | undefined): string {
  if (action?.type === 'ENCUMBER') return ACTION_CODES[action.encumbrance];
  if (action?.type === 'SUSPEND' && action.summary) return ACTION_CODES.SUMMARY;

  return isDiscipline(action) || action?.type === 'REINSTATE' ? ACTION_CODES[action.type] : '';
}

function midnight(day: string): string {
  return `${day}T00:00:00`;
}
