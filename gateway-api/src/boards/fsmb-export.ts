import { countingEvents, present } from '@medaccord/domain';
import type { BoardUnit, LicenceEvent, LicenceView } from '@medaccord/domain';
import { actFields, nameParts } from './act-fields.js';
import { actionCode } from './action-codes.js';
import { publicActs } from './public-licence.js';

/** A licence and its orders as a physician's report of FSMB's data centre has them; dates as midnights. */
export function fsmbReport(view: LicenceView, board: BoardUnit): object {
  const { licence: { licence, holder, numberAsPrinted }, standing: { asOf, lifecycle }, issuedOn, validThru } = view;
  const [orders, name, reportDate] = [ordersOf(view).map((events) => fsmbOrder(events, view, board)), nameParts(holder), midnight(asOf)];

  return {
    asOfDateTimeUtc: `${asOf}T00:00:00Z`,
    boardActionStatus: lifecycle === 'UNKNOWN' ? 'Unknown' : orders.length > 0 ? 'Alerted' : 'Cleared',
    ...present('names', name === undefined ? undefined : { legal: { ...name, reportDate }, other: [] }),
    licenses: [{
      reportDate, licenseType: licence.type, issuerName: licence.jurisdiction, issuerDescription: board.name, status: lifecycle, licenseNumber: numberAsPrinted ?? licence.number,
      ...present('issueDate', midnight(issuedOn)), ...present('expirationDate', midnight(validThru)),
    }],
    boardOrders: orders,
  };
}

/** Public acts by their order. An order that only changes acts of an earlier one shows in these. */
function ordersOf(view: LicenceView): readonly (readonly LicenceEvent[])[] {
  const orders = new Map<string, LicenceEvent[]>();
  for (const event of publicActs(view).filter(({ kind }) => kind === 'INITIAL')) orders.set(event.actionId, [...(orders.get(event.actionId) ?? []), event]);

  return [...orders.values()];
}

function fsmbOrder(events: readonly LicenceEvent[], view: LicenceView, board: BoardUnit): object {
  const [counting, acts] = [countingEvents(view), events.map(actFields)];
  const appeal = counting.find(({ kind, target }) => kind === 'APPEAL' && events.some(({ sequence }) => sequence === target));
  const [first] = acts;

  return {
    // Thirteen hexadecimal digits of the order's id: a whole number that every system keeps exactly.
    orderId: Number.parseInt((events[0]?.actionId ?? '0').slice(0, 13), 16),
    ...present('orderNumber', first?.orderNumber),
    issueDate: midnight(first?.actedOn),
    effectiveDate: midnight(acts.map(({ effectiveFrom }) => effectiveFrom ?? '').sort()[0]),
    ...present('appealDate', midnight(appeal?.action?.effectiveFrom)),
    disciplinaryEntity: { code: board.jurisdiction.slice(-3), description: board.name.slice(0, 100), name: board.id.slice(0, 25) },
    actions: events.map((event) => fsmbAction(event, counting)),
    bases: [...new Set(acts.flatMap(({ basisCodes }) => basisCodes))].map((code) => ({ code: code.slice(0, 5), description: code })),
  };
}

function fsmbAction(event: LicenceEvent, counting: readonly LicenceEvent[]): object {
  const { type, discipline, effectiveFrom, effectiveThru, days } = actFields(event);

  return {
    actionCode: actionCode(type),
    actionDescription: type,
    isPrejudicial: discipline,
    isIndefinite: discipline && effectiveThru === undefined,
    effectiveDate: midnight(effectiveFrom),
    ...present('expirationDate', midnight(effectiveThru)),
    ...present('termDays', days),
    ...present('actionStayed', stayOf(event.sequence, counting)),
  };
}

/** The stay of an act that nobody has lifted: of all of it, or of some of its codes. */
function stayOf(act: number, counting: readonly LicenceEvent[]): object | undefined {
  const lifted = counting.filter(({ kind }) => kind === 'STAY_LIFTED').map(({ target }) => target);
  const stay = counting.find(({ kind, target, sequence }) => kind === 'STAY' && target === act && !lifted.includes(sequence))?.action;

  return stay?.type === 'STAY' ? { code: stay.codes === undefined ? 'FULL' : 'PART', description: stay.by } : undefined;
}

function midnight(day: string): string;
function midnight(day: string | undefined): string | undefined;
function midnight(day: string | undefined): string | undefined {
  return day === undefined ? undefined : `${day}T00:00:00`;
}
