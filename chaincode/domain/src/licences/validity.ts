import { covers } from '../shared/dates.js';
import type { PlainDate } from '../shared/dates.js';
import { present } from '../shared/present.js';
import type { BoardAction, ExtendAction, ExtendClassAction, Grace, RenewalFiledAction } from './licence-event.js';
import { byEffect } from './timeline.js';
import type { CurrentAction } from './timeline.js';

/** How long a licence is valid by what is in force on a day. */
export interface Validity {
  readonly validThru?: PlainDate;
  readonly grace?: Grace;
  /** Its class's extensions that prolonged it. */
  readonly extendedBy: readonly CurrentAction[];
  /** An application for renewal that was filed in time waits: meanwhile the licence does not expire. */
  readonly continues: boolean;
}

type Period = Pick<Validity, 'validThru' | 'grace'>;

/** An issue, a renewal or a reissue says how long; an extension of the licence or of its class can only prolong that. Undefined before the issue. */
export function validityOn(inForce: readonly CurrentAction[], ofClass: readonly CurrentAction[]): Validity | undefined {
  let own: Period | undefined;
  for (const action of byEffect(inForce.map((one) => one.action))) {
    if (action.type === 'ISSUE' || action.type === 'RENEW' || action.type === 'REISSUE') own = action;
    if (action.type === 'EXTEND' && own !== undefined) own = prolonged(own, action);
  }
  if (own === undefined) return undefined;
  const { period, by } = extendedByClass(own, ofClass);
  const continues = waitingRenewals(inForce).some((filing) => filing.continues && (period.validThru === undefined || filing.effectiveFrom <= period.validThru));
  return { ...present('validThru', period.validThru), ...present('grace', period.grace), extendedBy: by, continues };
}

/** What a licence is after its last valid day: EXPIRED in grace and where the board names none, LAPSED after it. */
export function afterExpiry({ validThru, grace, continues }: Validity, asOf: PlainDate): 'EXPIRED' | 'LAPSED' | undefined {
  if (validThru === undefined || asOf <= validThru || continues) return undefined;
  return grace !== undefined && grace.thru < asOf ? 'LAPSED' : 'EXPIRED';
}

function prolonged(period: Period, { validThru, grace }: Pick<ExtendAction, 'validThru' | 'grace'>): Period {
  return period.validThru !== undefined && period.validThru < validThru ? { ...period, validThru, ...present('grace', grace) } : period;
}

/** A second order of a series names the first days of expiry or what the first order made of them; both are meant. */
function extendedByClass(own: Period, ofClass: readonly CurrentAction[]): { readonly period: Period; readonly by: readonly CurrentAction[] } {
  let period = own;
  const by: CurrentAction[] = [];
  for (const current of [...ofClass].sort(inOrderOfEffect)) {
    const action = current.action as ExtendClassAction;
    const meant = [own.validThru, period.validThru].some((day) => day !== undefined && covers(action.expiring, day));
    const longer = meant ? prolonged(period, action) : period;
    if (longer !== period) by.push(current);
    period = longer;
  }
  return { period, by };
}

function inOrderOfEffect(left: CurrentAction, right: CurrentAction): number {
  return left.action.effectiveFrom < right.action.effectiveFrom ? -1 : left.action.effectiveFrom > right.action.effectiveFrom ? 1 : left.id - right.id;
}

/** Applications for renewal that no renewal, reissue or closing has followed. */
export function waitingRenewals(inForce: readonly CurrentAction[]): readonly RenewalFiledAction[] {
  const decisions: readonly BoardAction['type'][] = ['RENEW', 'REISSUE', 'RENEWAL_CLOSED'];
  return inForce.flatMap(({ id, action }) => (action.type === 'RENEWAL_FILED' && !inForce.some((later) => later.id > id && decisions.includes(later.action.type)) ? [action] : []));
}
