import type { ClaimLoop } from './claim-loops.js';
import type { SeparatorSink } from './claim-lines.js';
import { compositeOf } from './composite.js';
import type { Segment } from './segment.js';
import { unreadable } from './unreadable.js';

/** What happens while a claim is read that does not end it. */
export interface ContentNotes {
  readonly otherSeparator: SeparatorSink;
  /** A segment of which something was left out, as a claim holds no more. */
  readonly dropped: (segment: Segment) => void;
}

/** One code of an HI segment, with its components. */
export interface ClaimCode {
  readonly segment: Segment;
  readonly element: number;
  /** Qualifier, code, then what the qualifier has: format and value of a date, an amount… */
  readonly parts: readonly string[];
}

const LONGEST_COMPONENT = 80;

/** The codes of a claim with one of these qualifiers, in the order of the file; more than a claim holds are left out. */
export function codesOf(loop: ClaimLoop, qualifiers: readonly string[], most: number, notes: ContentNotes): readonly ClaimCode[] {
  const found = loop.segments
    .filter(({ id }) => id === 'HI')
    .flatMap((segment) => segment.elements.flatMap((_, index) => codeAt(segment, index + 1, qualifiers, notes)));
  for (const { segment } of found.slice(most)) notes.dropped(segment);

  return found.slice(0, most);
}

function codeAt(segment: Segment, element: number, qualifiers: readonly string[], notes: ContentNotes): readonly ClaimCode[] {
  const { parts, otherSeparator } = compositeOf(segment, element, 'diagnosis');
  if (!qualifiers.includes(parts[0] ?? '')) return [];
  if (otherSeparator) notes.otherSeparator(segment);
  if (parts.some((part) => part.length > LONGEST_COMPONENT)) throw unreadable('TOO_LONG', segment, element);

  return [{ segment, element, parts }];
}
