import type { LicenceView } from '@medaccord/domain';
import { actFields, nameParts } from './act-fields.js';
import { actionCode } from './action-codes.js';
import { csvOf } from './csv-lines.js';
import { publicActs } from './public-licence.js';

const licenceColumns = ['LastName', 'FirstName', 'MiddleName', 'Jurisdiction', 'Board', 'LicenseType', 'LicenseNumber', 'Active', 'LicenseStatus', 'OriginalIssueDate', 'ExpirationDate', 'DisciplineStatus'] as const;

/** Licences as Nursys asks for them: a row each, active YES or NO, encumbered or not. */
export function nursysLicences(views: readonly LicenceView[]): string {
  return csvOf(licenceColumns, views.map((view) => {
    const { licence: { licence, holder, numberAsPrinted }, issuedOn, validThru } = view;
    const { lastName, firstName, middleName } = nameParts(holder) ?? {};

    return {
      LastName: lastName, FirstName: firstName, MiddleName: middleName, Jurisdiction: licence.jurisdiction, Board: licence.board, LicenseType: licence.type, LicenseNumber: numberAsPrinted ?? licence.number,
      ...statusOf(view), OriginalIssueDate: issuedOn, ExpirationDate: validThru, DisciplineStatus: yesNo(publicActs(view).length > 0),
    };
  }));
}

function statusOf({ standing: { lifecycle, authority, encumbrances, derived = [] } }: LicenceView): { readonly Active: string; readonly LicenseStatus: string } {
  if (lifecycle === 'UNKNOWN') return { Active: 'Contact board of nursing', LicenseStatus: lifecycle };
  const isEncumbered = [...encumbrances, ...derived].some(({ stayed }) => stayed !== true);

  return { Active: yesNo(authority === 'FULL' || authority === 'LIMITED'), LicenseStatus: lifecycle !== 'ACTIVE' ? lifecycle : isEncumbered ? 'ENCUMBERED' : 'UNENCUMBERED' };
}

const disciplineColumns = ['Jurisdiction', 'Board', 'LicenseType', 'LicenseNumber', 'Sequence', 'OrderNumber', 'DateActionTaken', 'ActionCode', 'Action', 'About', 'BasisCodes', 'EffectiveFrom', 'EffectiveThru', 'Indefinite', 'AutomaticReinstatement'] as const;

/** Public acts as Nursys asks for them: a row each. */
export function nursysDiscipline(views: readonly LicenceView[]): string {
  return csvOf(disciplineColumns, views.flatMap((view) => publicActs(view).map((event) => {
    const { licence: { jurisdiction, board, type: licenceType, number } } = event;
    const act = actFields(event);

    return {
      Jurisdiction: jurisdiction, Board: board, LicenseType: licenceType, LicenseNumber: number, Sequence: act.sequence, OrderNumber: act.orderNumber, DateActionTaken: act.actedOn,
      ActionCode: actionCode(act.type), Action: act.type, About: act.about, BasisCodes: act.basisCodes.join(' '), EffectiveFrom: act.effectiveFrom, EffectiveThru: act.effectiveThru,
      Indefinite: act.discipline ? yesNo(act.effectiveThru === undefined) : '', AutomaticReinstatement: act.automaticReinstatement === undefined ? '' : yesNo(act.automaticReinstatement),
    };
  })));
}

function yesNo(value: boolean): string {
  return value ? 'YES' : 'NO';
}
