import { isVisible, licenceId, npdbReportType, present } from '@medaccord/domain';
import type { BoardUnit, LicenceEvent, LicenceView } from '@medaccord/domain';
import { actFields, nameParts } from './act-fields.js';
import type { DueReport } from './board-index-store.js';

/** What a report to the National Practitioner Data Bank holds of a board's act; undefined where it is sealed by now. `earlier`: the control number of the report that it is about. */
export function npdbReport(due: DueReport, view: LicenceView | undefined, board: BoardUnit, earlier: string | undefined): object | undefined {
  const event = view === undefined ? undefined : eventAt(view, due.sequence);
  if (view === undefined || event === undefined) return undefined;
  const { licence: { numberAsPrinted, holder } } = view;

  return {
    reportType: npdbReportType(event, view.events.filter(isVisible)),
    dueOn: due.reportDueOn,
    ...present('controlNumber', due.controlNumber ?? undefined),
    ...present('sentOn', due.sentOn ?? undefined),
    ...present('previousControlNumber', earlier),
    licence: event.licence,
    sequence: event.sequence,
    reportingEntity: { id: board.id, name: board.name, state: board.jurisdiction },
    subject: { ...nameParts(holder), licenseNumber: numberAsPrinted ?? event.licence.number, licenseState: event.licence.jurisdiction, fieldOfLicensure: event.licence.type },
    action: reportedAction(event),
  };
}

function reportedAction(event: LicenceEvent): object {
  const { type, orderNumber, actedOn, effectiveFrom, discipline, effectiveThru, days, automaticReinstatement, basisCodes } = actFields(event);

  return {
    type,
    ...present('orderNumber', orderNumber),
    dateOfAction: actedOn,
    ...present('effectiveDate', effectiveFrom),
    ...present('lengthOfAction', discipline ? (effectiveThru === undefined ? 'INDEFINITE' : 'SPECIFIC') : undefined),
    ...present('lengthInDays', days),
    ...present('automaticReinstatement', automaticReinstatement),
    basisCodes,
  };
}

/** The act that an event's report is about, as `<licence id> <sequence>`: its control number is named in the report. */
export function reportedTarget(view: LicenceView | undefined, sequence: number): string {
  const event = view === undefined ? undefined : eventAt(view, sequence);
  const target = event?.action?.type === 'REINSTATE' ? event.action.ends[0] : event?.target;

  return view === undefined || target === undefined ? '' : `${licenceId(view.licence.licence)} ${target}`;
}

function eventAt({ events }: LicenceView, sequence: number): LicenceEvent | undefined {
  return events.filter(isVisible).find((event) => event.sequence === sequence);
}
