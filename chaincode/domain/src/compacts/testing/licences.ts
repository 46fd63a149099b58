import type { BoardAction, TimelineEntry } from '../../licences/licence-event.js';
import { licenceEventId } from '../../licences/licence-key.js';
import type { LicenceKey } from '../../licences/licence-key.js';
import { standing } from '../../licences/fold-standing.js';
import { cascadeOf } from '../cascade.js';
import type { CompactRuleId } from '../derived-effect.js';

/** A licence with its events. */
export interface LicenceOfTest {
  readonly licence: LicenceKey;
  readonly entries: readonly TimelineEntry[];
}

/** A licence of a state, issued in 2020, with what its board did after that, from event 2 on. */
export function licenceIn(jurisdiction: string, ...acts: readonly (BoardAction | Omit<TimelineEntry, 'sequence'>)[]): LicenceOfTest {
  const issue: BoardAction = { type: 'ISSUE', effectiveFrom: '2020-01-01', status: 'ACTIVE' };
  const steps = [issue, ...acts].map((act) => ('kind' in act ? act : { kind: 'INITIAL' as const, action: act }));
  return { licence: keyIn(jurisdiction), entries: steps.map((step, index) => ({ sequence: index + 1, ...step })) };
}

/** The key of the licence of a state. */
export const keyIn = (jurisdiction: string): LicenceKey => ({ jurisdiction, board: 'board', type: 'LIC', number: '1' });

/** The designation of the licence of a state as the principal one. */
export const principalIn = (jurisdiction: string, rule: CompactRuleId = 'imlc/1', effectiveFrom = '2021-01-01'): BoardAction => ({ type: 'DESIGNATE_PRINCIPAL', effectiveFrom, rule, principal: keyIn(jurisdiction) });

/** Standing of a licence among others on days: authority, and what followed from which event. */
export function among(own: LicenceOfTest, others: readonly LicenceOfTest[], days: readonly string[], jurisdiction?: string): readonly string[] {
  const cascade = cascadeOf(own, Number.MAX_SAFE_INTEGER, others.map((input) => ({ input, knownAt: Number.MAX_SAFE_INTEGER })), jurisdiction);
  return days.map((day) => {
    const { lifecycle, authority, derived = [] } = standing(own, day, undefined, cascade);
    return [lifecycle, authority, ...derived.map(({ type, stayed, causedBy }) => `${type}${stayed === true ? ' stayed' : ''} by ${licenceEventId(causedBy.licence, causedBy.event).replace('~board~LIC~1', '')}`)].join(' ');
  });
}
