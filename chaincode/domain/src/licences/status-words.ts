import type { Instant } from '../shared/dates.js';
import { DomainError } from '../shared/errors.js';
import { freeText, integer, list, object, oneOf, where } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import type { RegistryExecution } from '../members/registry-execution.js';
import { ISSUE_STATUSES } from './licence-event.js';
import { unitIdShape } from './licence-key.js';
import { assertSpeaksFor } from './source-report.js';

/**
 * What a word of a board's own system can mean. DATES: the row's dates tell whether it has expired. SUSPENDED, REVOKED and
 * SURRENDERED serve for comparison only: such a state comes about by an order and never by an import.
 */
export const STATUS_MEANINGS = [...ISSUE_STATUSES, 'DATES', 'SUSPENDED', 'REVOKED', 'SURRENDERED'] as const;

export type StatusMeaning = (typeof STATUS_MEANINGS)[number];

/** A word as the board's system writes it (case and outer blanks do not count), and what it means. */
export interface StatusWord {
  readonly word: string;
  readonly meaning: StatusMeaning;
}

/** A board's table of status words as it is proposed: the version that it becomes is one more than the last. */
export interface DefineStatusWords {
  readonly board: string;
  readonly version: number;
  readonly words: readonly StatusWord[];
}

/** A version of a board's table, for ever: an imported licence names the one by which its word was read. */
export interface StatusWords extends DefineStatusWords {
  readonly schema: 'status-words/v1';
  readonly mspId: string;
  readonly definedAt: Instant;
}

const statusWord: Shape<StatusWord> = object<StatusWord>({ word: freeText(1, 60), meaning: oneOf(STATUS_MEANINGS) });

/** Reads a table; no word twice. */
export const defineStatusWordsShape: Shape<DefineStatusWords> = where(
  object<DefineStatusWords>({ board: unitIdShape, version: integer(1), words: list(statusWord, 1, 500) }),
  ({ words }) => new Set(words.map(({ word }) => plainWord(word))).size === words.length,
  'INCONSISTENT',
);

/** Names a board's table, or one version of it. */
export const statusWordsQueryShape: Shape<{ readonly board: string }> = object<{ board: string }>({ board: unitIdShape });

/** The next version of a board's table. Throws FORBIDDEN_ORGANISATION, FORBIDDEN_UNIT and STALE_VERSION. */
export function defineStatusWords(last: StatusWords | undefined, table: DefineStatusWords, { actor, now }: RegistryExecution): StatusWords {
  assertSpeaksFor(table.board, actor);
  const next = (last?.version ?? 0) + 1;
  if (table.version !== next) throw new DomainError('STALE_VERSION', { expected: next, actual: table.version });
  return { schema: 'status-words/v1', ...table, mspId: actor.member.mspId, definedAt: now };
}

/** What a word means to a board, or undefined where its table does not have it. */
export function meaningOf(word: string, table: Pick<StatusWords, 'words'> | undefined): StatusMeaning | undefined {
  return table?.words.find((one) => plainWord(one.word) === plainWord(word))?.meaning;
}

/** A word as words are compared. */
export function plainWord(word: string): string {
  return word.trim().toUpperCase();
}
