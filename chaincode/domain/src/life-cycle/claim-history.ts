import type { HeldDocument, Recorder } from '../documents/document.js';
import { documentKey } from '../documents/key.js';
import type { DocumentKind } from '../documents/key.js';
import type { Instant } from '../shared/dates.js';
import { present } from '../shared/present.js';
import type { AdjudicationBody } from '../adjudication/adjudication.js';

/** The kinds whose every version tells something of one claim, under its id. */
export const HISTORY_KINDS = ['claim', 'pend', 'adjudication', 'eob', 'payment', 'appeal', 'reversal', 'repayment'] as const satisfies readonly DocumentKind[];

/** One thing that happened to a claim: what was written, when, in which transaction, by whom, and under which rules. */
export interface HistoryEntry {
  readonly key: string;
  readonly at: Instant;
  readonly txId: string;
  readonly by: Recorder;
  /** What it says in a word, such as the state of an appeal or the cause of a reversal. */
  readonly says?: string;
  /** The rule set of an adjudication with every rule version in it. */
  readonly ruleSet?: string;
  readonly rules?: readonly string[];
}

/** What happened to a claim, in the order of time; of one transaction in the order in which the kinds are named. */
export function claimHistory(documents: readonly HeldDocument[]): readonly HistoryEntry[] {
  const order = (document: HeldDocument): number => (HISTORY_KINDS as readonly string[]).indexOf(document.kind);
  const sorted = [...documents].sort((a, b) => {
    if (a.recorded.at !== b.recorded.at) return a.recorded.at < b.recorded.at ? -1 : 1;
    return order(a) - order(b) || a.version - b.version;
  });
  return sorted.map((document) => ({ key: documentKey(document), at: document.recorded.at, txId: document.recorded.txId, by: document.recorded.by, ...said(document) }));
}

function said({ kind, body }: HeldDocument): Pick<HistoryEntry, 'says' | 'ruleSet' | 'rules'> {
  if (kind === 'adjudication') {
    const { ruleSet, rules, bySystem } = body as AdjudicationBody;
    return { ...present('says', bySystem?.reason), ruleSet, rules };
  }
  const { state, cause, decision } = body as { readonly state?: string; readonly cause?: string; readonly decision?: string };
  const says = state ?? cause ?? decision;
  return says === undefined ? {} : { says };
}
