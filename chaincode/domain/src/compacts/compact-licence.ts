import { knownOf } from '../licences/fold-standing.js';
import type { FoldInput } from '../licences/fold-standing.js';
import { licenceId } from '../licences/licence-key.js';
import type { LicenceId, LicenceKey } from '../licences/licence-key.js';
import type { DesignatePrincipalAction } from '../licences/licence-event.js';
import { byEffect } from '../licences/timeline.js';
import type { KnownActions } from '../licences/timeline.js';
import { addDays, covers } from '../shared/dates.js';
import type { PlainDate } from '../shared/dates.js';
import { present } from '../shared/present.js';
import type { CompactRuleId } from './derived-effect.js';

/** A licence as the rules of compacts see it. */
export interface CompactLicence {
  readonly id: LicenceId;
  readonly licence: LicenceKey;
  readonly known: KnownActions;
  readonly designations: readonly Designation[];
  /** When the order of an event was entered; for events without that word the day from which they count. */
  readonly enteredOn: (event: number) => PlainDate | undefined;
  /** Where its board is silent: the last day that its word covers. */
  readonly silentAfter?: PlainDate;
}

/** Through which days a licence is in a compact, and which one is the principal licence meanwhile. */
export interface Designation {
  readonly rule: CompactRuleId;
  readonly principal: LicenceKey;
  readonly from: PlainDate;
  readonly thru?: PlainDate;
}

/** A licence as known after its event `knownAt`, and after `classKnownAt` of its class. */
export function compactLicence(input: FoldInput, knownAt: number, silentAfter?: PlainDate, classKnownAt = 0): CompactLicence {
  const known = knownOf(input, knownAt, classKnownAt);
  const entries = new Map(input.entries.map((entry) => [entry.sequence, entry]));
  return {
    id: licenceId(input.licence),
    licence: input.licence,
    known,
    designations: designationsOf(known),
    enteredOn: (event) => entries.get(event)?.enteredOn ?? entries.get(event)?.action?.effectiveFrom,
    ...present('silentAfter', silentAfter),
  };
}

/** The principal licence in a compact on a day, by the licence's own board. */
export function principalOn({ designations }: CompactLicence, rule: CompactRuleId, day: PlainDate): LicenceId | undefined {
  const designation = designations.find((one) => one.rule === rule && covers(one, day));
  return designation && licenceId(designation.principal);
}

/** Each designation holds until the next one takes effect; of two on one day the one recorded last. */
function designationsOf({ actions }: KnownActions): readonly Designation[] {
  const made = actions.map(({ action }) => action).filter((action): action is DesignatePrincipalAction => action.type === 'DESIGNATE_PRINCIPAL');
  const inOrder = byEffect(made);
  return inOrder.flatMap(({ rule, principal, effectiveFrom: from }, index) => {
    const next = inOrder[index + 1]?.effectiveFrom;
    return next === from ? [] : [{ rule, principal, from, ...present('thru', next === undefined ? undefined : addDays(next, -1)) }];
  });
}
