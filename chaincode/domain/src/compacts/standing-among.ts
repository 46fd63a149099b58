import { ALL_EVENTS, standing } from '../licences/fold-standing.js';
import type { FoldInput } from '../licences/fold-standing.js';
import { withSource } from '../licences/source-report.js';
import type { RelatedPosition, Standing } from '../licences/standing.js';
import type { PlainDate } from '../shared/dates.js';
import { present } from '../shared/present.js';
import { cascadeOf } from './cascade.js';
import { positionsOf, relatedAsKnown, relatedNow } from './related-licences.js';
import type { CompactFacts } from './related-licences.js';

/** A day, and as known when: at positions in the own, the class's and related licences' events; all that is known where left out. */
export interface StandingAsked {
  readonly asOf: PlainDate;
  readonly knownAt?: number;
  readonly classKnownAt?: number;
  readonly related?: readonly RelatedPosition[];
}

/**
 * What a licence permits on a day at home, compacts included. Asked as known at a position without those of related
 * licences, it is answered from its own events alone.
 */
export function standingAmong(input: FoldInput, { asOf, knownAt, classKnownAt, related }: StandingAsked, facts: CompactFacts): Standing {
  const isNow = knownAt === undefined && classKnownAt === undefined && related === undefined;
  const others = isNow ? relatedNow(input, facts, asOf) : relatedAsKnown(related, facts);
  const answer = standing(input, asOf, knownAt, cascadeOf(input, knownAt ?? ALL_EVENTS, others ?? []), classKnownAt);
  return withSource({ ...answer, ...present('related', positionsOf(others)) }, isNow ? facts.sources?.get(input.licence.board) : undefined);
}
