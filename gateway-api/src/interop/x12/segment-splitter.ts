import { guessedHeader, HEADER_REACH, readHeader, startsInterchange } from './delimiters.js';
import type { Header } from './delimiters.js';
import { severityOf } from './issue.js';
import type { IssueSink, ReadingMode, X12IssueCode } from './issue.js';
import { isKnownId, shownId } from './segment.js';
import type { Delimiters, Segment } from './segment.js';

/** Longer than any segment of a claim; what exceeds it is dropped, so that a file without terminators needs no memory. */
export const MAX_SEGMENT_LENGTH = 65_536;

/** White space and the fillers of old transfer programs (NUL, Ctrl-Z) between segments mean nothing. */
const FILLER = /^[ \t\r\n\0\x1a]+/;

const MESSAGES = {
  ISA_MISSING: 'the file does not begin with an interchange header; its delimiters were taken from the group or transaction header',
  ISA_MALFORMED: 'the interchange header does not have the fixed positions of the standard',
  DELIMITER_GUESSED: 'the interchange header names no usable component separator; the usual one was taken',
  TEXT_OUTSIDE_INTERCHANGE: 'text before or between interchanges was skipped',
  SEGMENT_TOO_LONG: `a segment is longer than ${MAX_SEGMENT_LENGTH} characters and was dropped`,
  TERMINATOR_MISSING: 'a segment does not end with the terminator that the interchange header names',
} as const satisfies Partial<Record<X12IssueCode, string>>;

/**
 * Cuts a text that arrives in pieces into segments. It holds at most one segment and one piece, never throws, and
 * takes each interchange's own delimiters.
 */
export class SegmentSplitter {
  readonly #mode: ReadingMode;
  readonly #report: IssueSink;
  #text = '';
  #delimiters: Delimiters | undefined;
  #position = 0;
  /** Inside a segment that exceeded the limit: everything up to the next terminator is dropped. */
  #dropping = false;
  /** Text outside interchanges is reported once per stretch, not once per piece. */
  #outside = false;

  constructor(mode: ReadingMode, report: IssueSink) {
    this.#mode = mode;
    this.#report = report;
  }

  /** Takes the next piece of the file and gives the segments that are complete. */
  *push(piece: string): Generator<Segment> {
    this.#text += piece;
    yield* this.#take(false);
  }

  /** Gives what is left when the file has ended. */
  *end(): Generator<Segment> {
    yield* this.#take(true);
  }

  *#take(ended: boolean): Generator<Segment> {
    for (;;) {
      this.#text = this.#text.slice(FILLER.exec(this.#text)?.[0].length ?? 0);
      const enough = this.#isHeaderExpected() ? HEADER_REACH : 4;
      if (this.#text === '' || (!ended && this.#text.length < enough)) return;
      const taken = this.#isHeaderExpected() ? this.#takeHeader(ended) : this.#takeSegments(ended);
      if (taken === undefined) return;
      yield* taken;
    }
  }

  #isHeaderExpected(): boolean {
    return !this.#dropping && (this.#delimiters === undefined || startsInterchange(this.#text));
  }

  #takeHeader(ended: boolean): Segment[] | undefined {
    if (!startsInterchange(this.#text)) return this.#seekInterchange(ended);
    const header = readHeader(this.#text);
    this.#outside = false;
    if (header === undefined) return this.#skipUnreadableHeader();
    this.#enter(header, header.fault === 'ISA_MISSING' ? 'ISA_MALFORMED' : header.fault);

    return [{ id: 'ISA', position: this.#position, elements: header.elements, componentSeparator: header.delimiters.component }];
  }

  #enter(header: Header, fault: Header['fault']): void {
    this.#delimiters = header.delimiters;
    this.#text = this.#text.slice(header.length);
    this.#position += 1;
    if (fault !== undefined) this.#issue(fault, 'ISA');
  }

  /** Steps over the letters `ISA`, so that the search for a header goes on behind them. */
  #skipUnreadableHeader(): Segment[] {
    this.#position += 1;
    this.#issue('ISA_MALFORMED', 'ISA');
    this.#delimiters = undefined;
    this.#text = this.#text.slice(3);

    return [];
  }

  /** Before any interchange: looks for its start, or for a group or transaction whose interchange header is lost. */
  #seekInterchange(ended: boolean): Segment[] | undefined {
    const start = this.#text.search(/ISA[^A-Za-z0-9 \r\n]/);
    const guessed = guessedHeader(start < 0 ? this.#text : this.#text.slice(0, start));
    if (guessed !== undefined) {
      this.#enter(guessed, 'ISA_MISSING');
      this.#position -= 1;
      return [];
    }
    if (!this.#outside) this.#issue('TEXT_OUTSIDE_INTERCHANGE', '?');
    this.#outside = true;
    const kept = start < 0 ? Math.max(0, this.#text.length - (ended ? 0 : HEADER_REACH / 2)) : start;
    this.#text = this.#text.slice(kept);

    return ended || start >= 0 ? [] : undefined;
  }

  #takeSegments(ended: boolean): Segment[] | undefined {
    const end = this.#nextEnd();
    if (end < 0 && !ended) return this.#dropIfTooLong();
    const raw = end < 0 ? this.#text : this.#text.slice(0, end);
    this.#text = end < 0 ? '' : this.#text.slice(end + 1);
    if (this.#dropping) {
      this.#dropping = false;
      return [];
    }
    if (raw.length > MAX_SEGMENT_LENGTH) return this.#tooLong();
    const segments = this.#segmentsOf(raw);
    const last = segments.at(-1);
    if (end < 0 && last !== undefined) this.#issue('TERMINATOR_MISSING', last.id);

    return segments;
  }

  /** Where the segment ends: at the terminator, or at a line break before which the terminator of a whole file was lost. */
  #nextEnd(): number {
    const end = this.#text.indexOf(this.#delimiters?.terminator ?? '');
    const start = (end < 0 ? this.#text : this.#text.slice(0, end)).search(/[\r\n]ISA[^A-Za-z0-9 \r\n]/);

    return start < 0 ? end : start;
  }

  #dropIfTooLong(): Segment[] | undefined {
    if (!this.#dropping && this.#text.length <= MAX_SEGMENT_LENGTH) return undefined;
    if (!this.#dropping) this.#tooLong();
    this.#dropping = true;
    this.#text = '';

    return undefined;
  }

  #tooLong(): Segment[] {
    this.#position += 1;
    this.#issue('SEGMENT_TOO_LONG', '?');

    return [];
  }

  /** Usually one segment; more where a terminator is missing and a line break shows where the next segment begins. */
  #segmentsOf(raw: string): Segment[] {
    const parts = this.#splitAtLostTerminators(raw);
    const segments: Segment[] = [];
    parts.forEach((part, index) => {
      const segment = this.#segmentOf(part);
      if (segment === undefined) return;
      segments.push(segment);
      if (index < parts.length - 1) this.#issue('TERMINATOR_MISSING', segment.id);
    });

    return segments;
  }

  #splitAtLostTerminators(raw: string): string[] {
    const element = this.#delimiters?.element ?? '';
    if (!/[\r\n]/.test(raw)) return [raw];

    return raw.split(/[\r\n]+/).reduce<string[]>((parts, line) => {
      const previous = parts.at(-1);
      const [id = ''] = line.split(element, 1);
      const begins = line.length > id.length && isKnownId(id) && previous !== undefined && !previous.endsWith(element);
      if (previous === undefined || begins) return [...parts, line];
      return [...parts.slice(0, -1), previous + line];
    }, []);
  }

  #segmentOf(text: string): Segment | undefined {
    const { element, component } = this.#delimiters ?? { element: '', component: '' };
    const [id = '', ...elements] = text.split(element);
    if (id.trim() === '' && elements.length === 0) return undefined;
    this.#position += 1;

    return { id: id.trim(), position: this.#position, elements: elements.map(decoded), componentSeparator: component };
  }

  #issue(code: keyof typeof MESSAGES, segmentId: string): void {
    this.#report({ code, severity: severityOf(code, this.#mode), position: this.#position, segmentId: shownId(segmentId), message: MESSAGES[code] });
  }
}

const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** Bytes beyond ASCII are UTF-8 where they form it, else Latin-1: the standard's extended set names no encoding. */
function decoded(bytes: string): string {
  if (!/[\x80-\xff]/.test(bytes)) return bytes;
  try {
    return UTF8.decode(Uint8Array.from(bytes, (character) => character.charCodeAt(0)));
  } catch {
    return bytes;
  }
}
