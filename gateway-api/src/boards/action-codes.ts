/** Acts by their type in five letters at most, as FSMB's codes are: values of this project, its lists being FSMB's own. */
const CODES: Readonly<Record<string, string>> = {
  SUSPEND: 'SUSPD', SUMMARY_SUSPENSION: 'SUMMY', RESTRICT: 'RESTR', REVOKE: 'REVOK', SURRENDER: 'SURRD', PROBATION: 'PROBN', CONDITION: 'CONDN', REPRIMAND: 'REPRD', FINE: 'FINED', MONITORING: 'MONIT',
  REINSTATE: 'REINS', CORRECTION: 'CORRN', REVISION: 'REVSN', STAY: 'STAYD', STAY_LIFTED: 'STLFT', APPEAL: 'APPLD',
};

/** The code of a type of act. */
export function actionCode(type: string): string {
  return CODES[type] ?? type.slice(0, 5);
}
