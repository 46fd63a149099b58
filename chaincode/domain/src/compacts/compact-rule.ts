import type { PlainDate } from '../shared/dates.js';
import type { CompactLicence } from './compact-licence.js';
import type { CompactRuleId, DerivedEffect } from './derived-effect.js';

/** A licence, those related to it, and the place for which its standing is asked. */
export interface CompactQuestion {
  readonly own: CompactLicence;
  readonly related: readonly CompactLicence[];
  readonly jurisdiction: string;
}

/** One thing that may follow for a licence: on a day it does or does not. */
export interface PossibleEffect {
  readonly on: (day: PlainDate) => readonly DerivedEffect[];
  /** Every day on which that may change. */
  readonly days: readonly PlainDate[];
}

/** What a compact says follows from one licence for another: pure, and never from what itself followed. */
export interface CompactRule {
  readonly id: CompactRuleId;
  /** Where the rule is written. */
  readonly source: string;
  readonly effects: (question: CompactQuestion) => readonly PossibleEffect[];
}
