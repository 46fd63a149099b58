import { severityOf } from './issue.js';
import type { IssueSink, ReadingMode, X12IssueCode } from './issue.js';
import { element, shownId } from './segment.js';
import type { Segment } from './segment.js';

/** Which transaction a claim came in: the trace that goes into its documents and, later, into the acknowledgements. */
export interface TransactionContext {
  readonly interchangeControlNumber: string;
  readonly groupControlNumber: string;
  readonly transactionControlNumber: string;
  /** `837`, or what else ST01 says. */
  readonly transactionSet: string;
  /** Implementation guide, from ST03 or else GS08; empty where neither names one. */
  readonly version: string;
  /** Number of the ST segment in the file, from 1. */
  readonly position: number;
}

/** What a segment means for the envelope. `body` segments belong to the open transaction. */
export type EnvelopeEvent =
  | { readonly kind: 'transaction-start'; readonly context: TransactionContext }
  | { readonly kind: 'transaction-end' }
  | { readonly kind: 'body' }
  | { readonly kind: 'envelope' };

interface Level {
  readonly control: string;
  /** Groups of an interchange, transactions of a group, segments of a transaction, as counted. */
  count: number;
  /** Control numbers already used inside. */
  readonly used: Set<string>;
}

/** A transaction of the standard's recommended size has 5,000 claims; more control numbers than this are not remembered. */
const REMEMBERED_CONTROL_NUMBERS = 100_000;

const TRAILER_OF = { interchange: 'IEA', group: 'GE', transaction: 'SE' } as const;
type LevelName = keyof typeof TRAILER_OF;

/** Follows ISA, GS, ST and their trailers, checks control numbers and counts, and closes what a file leaves open. */
export class EnvelopeTracker {
  readonly #mode: ReadingMode;
  readonly #report: IssueSink;
  readonly #open: Record<LevelName, Level | undefined> = { interchange: undefined, group: undefined, transaction: undefined };
  #groupVersion = '';
  /** The last segment seen: where a missing trailer is reported. */
  #last: Segment | undefined;

  constructor(mode: ReadingMode, report: IssueSink) {
    this.#mode = mode;
    this.#report = report;
  }

  /** Takes the next segment of the file and says what it is; several events where it closes what was left open. */
  accept(segment: Segment): EnvelopeEvent[] {
    const transaction = this.#open.transaction;
    if (transaction !== undefined && !['ISA', 'GS', 'ST', 'GE', 'IEA'].includes(segment.id)) transaction.count += 1;
    const events = this.#eventsOf(segment);
    this.#last = segment;

    return events;
  }

  /** The file has ended: reports every trailer that is missing. */
  end(): EnvelopeEvent[] {
    return this.#closeFrom('interchange');
  }

  #eventsOf(segment: Segment): EnvelopeEvent[] {
    switch (segment.id) {
      case 'ISA':
        return this.#openInterchange(segment);
      case 'GS':
        return this.#openGroup(segment);
      case 'ST':
        return this.#openTransaction(segment);
      case 'SE':
        return this.#close('transaction', segment, 1, 2);
      case 'GE':
        return [...this.#closeFrom('transaction'), ...this.#close('group', segment, 1, 2)];
      case 'IEA':
        return [...this.#closeFrom('group'), ...this.#close('interchange', segment, 1, 2)];
      case 'TA1':
        return [{ kind: 'envelope' }];
      default:
        return this.#body(segment);
    }
  }

  #openInterchange(segment: Segment): EnvelopeEvent[] {
    const events = this.#closeFrom('interchange');
    this.#open.interchange = { control: element(segment, 13), count: 0, used: new Set() };

    return [...events, { kind: 'envelope' }];
  }

  #openGroup(segment: Segment): EnvelopeEvent[] {
    const events = this.#closeFrom('group');
    const control = element(segment, 6);
    this.#enter('interchange', control, segment, 6);
    this.#open.group = { control, count: 0, used: new Set() };
    this.#groupVersion = element(segment, 8);

    return [...events, { kind: 'envelope' }];
  }

  #openTransaction(segment: Segment): EnvelopeEvent[] {
    const events = this.#closeFrom('transaction');
    const control = element(segment, 2);
    this.#enter('group', control, segment, 2);
    this.#open.transaction = { control, count: 1, used: new Set() };
    const context: TransactionContext = {
      interchangeControlNumber: this.#open.interchange?.control ?? '',
      groupControlNumber: this.#open.group?.control ?? '',
      transactionControlNumber: control,
      transactionSet: element(segment, 1),
      version: element(segment, 3) || this.#groupVersion,
      position: segment.position,
    };

    return [...events, { kind: 'transaction-start', context }];
  }

  /** Counts a group or transaction in the level around it and remembers its control number. */
  #enter(around: LevelName, control: string, segment: Segment, elementNumber: number): void {
    const level = this.#open[around];
    if (level === undefined) {
      this.#issue('HEADER_MISSING', segment, `there is no open ${around} around this segment`);
      return;
    }
    level.count += 1;
    if (level.used.has(control)) this.#issue('CONTROL_NUMBER_REPEATED', segment, 'the control number was used before', elementNumber);
    if (level.used.size < REMEMBERED_CONTROL_NUMBERS) level.used.add(control);
  }

  #close(name: LevelName, segment: Segment, countElement: number, controlElement: number): EnvelopeEvent[] {
    const level = this.#open[name];
    if (level === undefined) {
      this.#issue('HEADER_MISSING', segment, `there is no open ${name} that this trailer could end`);
      return [{ kind: 'envelope' }];
    }
    this.#open[name] = undefined;
    this.#checkCount(level, segment, countElement);
    if (element(segment, controlElement) !== level.control) {
      this.#issue('CONTROL_NUMBER_MISMATCH', segment, `the control number is not the one of the ${name}'s header`, controlElement);
    }

    return [{ kind: name === 'transaction' ? 'transaction-end' : 'envelope' }];
  }

  #checkCount(level: Level, segment: Segment, countElement: number): void {
    const stated = element(segment, countElement);
    if (!/^\d{1,10}$/.test(stated)) {
      this.#issue('COUNT_MISSING', segment, 'the count is missing or is not a number', countElement);
    } else if (Number(stated) !== level.count) {
      this.#issue('COUNT_MISMATCH', segment, `the count is ${Number(stated)}; ${level.count} were read`, countElement);
    }
  }

  /** Closes the level and everything inside it that is still open. */
  #closeFrom(name: LevelName): EnvelopeEvent[] {
    const order: readonly LevelName[] = ['transaction', 'group', 'interchange'];
    const events: EnvelopeEvent[] = [];
    for (const level of order.slice(0, order.indexOf(name) + 1)) {
      if (this.#open[level] === undefined) continue;
      this.#open[level] = undefined;
      this.#issue('TRAILER_MISSING', this.#last, `the ${level}'s trailer ${TRAILER_OF[level]} is missing`);
      if (level === 'transaction') events.push({ kind: 'transaction-end' });
    }

    return events;
  }

  #body(segment: Segment): EnvelopeEvent[] {
    if (this.#open.transaction === undefined) this.#issue('SEGMENT_OUTSIDE_TRANSACTION', segment, 'the segment stands outside any transaction');

    return [{ kind: 'body' }];
  }

  #issue(code: X12IssueCode, segment: Segment | undefined, message: string, elementNumber?: number): void {
    this.#report({
      code,
      severity: severityOf(code, this.#mode),
      position: segment?.position ?? 0,
      segmentId: shownId(segment?.id ?? ''),
      ...(elementNumber === undefined ? {} : { element: elementNumber }),
      message,
    });
  }
}
