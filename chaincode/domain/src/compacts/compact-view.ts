import type { FoldInput } from '../licences/fold-standing.js';
import { distinctLicences, licenceId } from '../licences/licence-key.js';
import type { LicenceKey } from '../licences/licence-key.js';
import type { PlainDate } from '../shared/dates.js';
import { cascadeOf } from './cascade.js';
import { compactLicence } from './compact-licence.js';
import type { Designation } from './compact-licence.js';
import type { DerivedEffect } from './derived-effect.js';
import { relatedLicences, relatedNow } from './related-licences.js';
import type { CompactFacts } from './related-licences.js';

/** A licence in its compact. */
export interface CompactView {
  readonly asOf: PlainDate;
  /** What follows for it on that day from the others. */
  readonly derived: readonly DerivedEffect[];
  /** Itself and all that are related to it, in the order of their ids. */
  readonly licences: readonly CompactMember[];
}

/** One licence of a compact, by its own board's word. */
export interface CompactMember {
  readonly licence: LicenceKey;
  /** Position of its last event; 0 where it is not on the ledger, so that nothing follows from it. */
  readonly knownAt: number;
  readonly designations: readonly Designation[];
}

/** What a reader is shown of a licence's compact; undefined where it is in none. */
export function compactView(input: FoldInput, facts: CompactFacts, asOf: PlainDate): CompactView | undefined {
  const named = relatedLicences(input, facts.groups ?? new Map());
  if (named === undefined) return undefined;
  const related = relatedNow(input, facts, asOf) ?? [];
  return {
    asOf,
    derived: cascadeOf(input, Number.MAX_SAFE_INTEGER, related).on(asOf),
    licences: distinctLicences([input.licence, ...named]).map((licence) => memberOf(licence, facts.timelines.get(licenceId(licence)))),
  };
}

function memberOf(licence: LicenceKey, input: FoldInput | undefined): CompactMember {
  if (input === undefined) return { licence, knownAt: 0, designations: [] };
  return { licence, knownAt: input.entries.length, designations: compactLicence(input, Number.MAX_SAFE_INTEGER).designations };
}
