import type { FoldInput } from '../licences/fold-standing.js';
import type { ReinstateAction } from '../licences/licence-event.js';
import { licenceId } from '../licences/licence-key.js';
import { COMPACT_RULES } from './derived-effect.js';
import type { Cascade, CompactRuleId, DerivedEffect, ForeignEvent } from './derived-effect.js';
import { compactLicence } from './compact-licence.js';
import type { CompactRule } from './compact-rule.js';
import { imlc } from './imlc.js';
import { nlc } from './nlc.js';
import type { RelatedLicence } from './related-licences.js';

const rules: Readonly<Record<CompactRuleId, CompactRule>> = { 'imlc/1': imlc, 'nlc/1': nlc };

/**
 * What compacts make of a licence, as known after its own event `knownAt` and as far as its related licences' events are
 * given. `jurisdiction`: where it is to count; at home where left out.
 */
export function cascadeOf(input: FoldInput, knownAt: number, related: readonly RelatedLicence[], jurisdiction: string = input.licence.jurisdiction): Cascade {
  const own = compactLicence(input, knownAt);
  const question = { own, related: related.map((one) => compactLicence(one.input, one.knownAt, one.silentAfter, one.classKnownAt)), jurisdiction };
  const effects = COMPACT_RULES.flatMap((id) => rules[id].effects(question));
  const reinstatements = own.known.actions.map(({ action }) => action).filter((action): action is ReinstateAction => action.type === 'REINSTATE' && action.endsDerived !== undefined);
  const hasEnded = (effect: DerivedEffect, day: string): boolean => reinstatements.some(({ effectiveFrom, endsDerived }) => effectiveFrom <= day && endsDerived?.some((ended) => isCause(ended, effect)));
  return {
    on: (day) => effects.flatMap((effect) => effect.on(day)).filter((effect) => !hasEnded(effect, day)),
    days: effects.flatMap(({ days }) => days),
  };
}

/** Whether an effect is one that the board of the licence can end, and comes of that event. */
export function isCause({ licence, event }: ForeignEvent, { type, causedBy }: DerivedEffect): boolean {
  const endsByOwnBoard = type !== 'PRIVILEGE_INACTIVE' && type !== 'PRIVILEGE_UNKNOWN';
  return endsByOwnBoard && causedBy.event === event && licenceId(causedBy.licence) === licenceId(licence);
}
