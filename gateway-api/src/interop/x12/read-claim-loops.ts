import { TextDecoder } from 'node:util';
import { ClaimLoopBuilder } from './claim-loops.js';
import type { ClaimLoop } from './claim-loops.js';
import { EnvelopeTracker } from './envelope.js';
import type { EnvelopeEvent, TransactionContext } from './envelope.js';
import { severityOf } from './issue.js';
import type { ReadingMode, X12Issue } from './issue.js';
import { SegmentSplitter } from './segment-splitter.js';
import { isKnownId, shownId } from './segment.js';
import type { Segment } from './segment.js';

/** One thing that a reading finds, in the order of the file. */
export type ReadItem =
  | { readonly kind: 'claim'; readonly loop: ClaimLoop }
  /** Strict mode only: a claim of a transaction that is refused as a whole, with the first error of that transaction. */
  | { readonly kind: 'refused'; readonly loop: ClaimLoop; readonly because: X12Issue }
  | { readonly kind: 'issue'; readonly issue: X12Issue };

/** The most claims of one transaction that strict reading holds until the trailer decides about all: the standard's own limit. */
export const MAX_CLAIMS_OF_STRICT_TRANSACTION = 5000;

/** A file as it arrives: bytes, in pieces of any size. */
export type X12Source = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/**
 * Reads the claims of an 837 file from a stream, with memory for one claim (strict: for one transaction). Never throws
 * for what the file contains; errors of the stream itself pass through.
 */
export async function* readClaimLoops(source: X12Source, mode: ReadingMode): AsyncGenerator<ReadItem> {
  const reading = new Reading(mode);
  const decode = decoder();
  for await (const bytes of source) yield* reading.push(decode(bytes));
  yield* reading.end();
}

/** Latin-1 keeps every byte; a file with the mark of UTF-16 is decoded as such. The UTF-8 mark is dropped. */
function decoder(): (bytes: Uint8Array) => string {
  let decode: ((bytes: Uint8Array) => string) | undefined;
  let head = new Uint8Array();

  return (bytes) => {
    if (decode !== undefined) return decode(bytes);
    head = Buffer.concat([head, bytes]);
    if (head.length < 3) return '';
    const mark = Buffer.from(head.subarray(0, 3)).toString('hex');
    const wide = mark.startsWith('fffe') ? new TextDecoder('utf-16le') : mark.startsWith('feff') ? new TextDecoder('utf-16be') : undefined;
    decode = wide === undefined ? latin1 : (piece) => wide.decode(piece, { stream: true });

    return decode(mark === 'efbbbf' ? head.subarray(3) : head);
  };
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

/** A header that cannot be trusted refuses everything under it (TA1); other errors refuse their transaction (999). */
const INTERCHANGE_FAULTS: ReadonlySet<X12Issue['code']> = new Set<X12Issue['code']>(['ISA_MISSING', 'ISA_MALFORMED', 'DELIMITER_GUESSED']);

class Reading {
  readonly #mode: ReadingMode;
  readonly #splitter: SegmentSplitter;
  readonly #envelope: EnvelopeTracker;
  readonly #loops: ClaimLoopBuilder;
  readonly #items: ReadItem[] = [];
  /** Strict mode: claims of the open transaction, the first error that refuses them, and one that refuses the interchange. */
  #held: ClaimLoop[] = [];
  #refusal: X12Issue | undefined;
  #interchangeRefusal: X12Issue | undefined;
  #segments = 0;

  constructor(mode: ReadingMode) {
    this.#mode = mode;
    const report = (issue: X12Issue): void => {
      this.#take(issue);
    };
    this.#splitter = new SegmentSplitter(mode, report);
    this.#envelope = new EnvelopeTracker(mode, report);
    this.#loops = new ClaimLoopBuilder(mode, report);
  }

  *push(text: string): Generator<ReadItem> {
    for (const segment of this.#splitter.push(text)) yield* this.#accept(segment);
    yield* this.#drain();
  }

  *end(): Generator<ReadItem> {
    for (const segment of this.#splitter.end()) yield* this.#accept(segment);
    this.#follow(this.#envelope.end());
    this.#give(this.#loops.finish());
    this.#release();
    if (this.#segments === 0) this.#issue('ISA_MISSING', { id: '', position: 0 }, 'the file holds no interchange');
    yield* this.#drain();
  }

  *#accept(segment: Segment): Generator<ReadItem> {
    this.#segments += 1;
    if (segment.id === 'ISA' && this.#interchangeRefusal?.position !== segment.position) this.#interchangeRefusal = undefined;
    const events = this.#envelope.accept(segment);
    this.#follow(events);
    if (events.some(({ kind }) => kind === 'body')) {
      if (!isKnownId(segment.id)) this.#issue('SEGMENT_UNKNOWN', segment, 'the segment id is not one of a claim transaction');
      this.#give(this.#loops.accept(segment));
    }
    yield* this.#drain();
  }

  #follow(events: readonly EnvelopeEvent[]): void {
    for (const event of events) {
      if (event.kind === 'body') continue;
      this.#give(this.#loops.finish());
      if (event.kind === 'transaction-end') this.#release();
      if (event.kind === 'transaction-start') this.#startTransaction(event.context);
    }
  }

  #startTransaction(context: TransactionContext): void {
    this.#release();
    this.#loops.startTransaction(context);
    if (context.transactionSet !== '837') {
      this.#issue('TRANSACTION_NOT_A_CLAIM', { id: 'ST', position: context.position }, 'the transaction is not an 837', 1);
    }
  }

  #give(loop: ClaimLoop | undefined): void {
    if (loop === undefined) return;
    if (this.#mode === 'lenient') this.#items.push({ kind: 'claim', loop });
    else this.#hold(loop);
  }

  /** Beyond the limit a refused transaction's claims are given out at once, so that they are accounted for without being held. */
  #hold(loop: ClaimLoop): void {
    if (this.#held.length === MAX_CLAIMS_OF_STRICT_TRANSACTION) {
      this.#issue('TRANSACTION_TOO_LARGE', loop.start, `a transaction has more than ${MAX_CLAIMS_OF_STRICT_TRANSACTION} claims`);
      this.#giveHeld();
    }
    this.#held.push(loop);
  }

  #giveHeld(): void {
    const because = this.#interchangeRefusal ?? this.#refusal;
    for (const loop of this.#held) this.#items.push(because === undefined ? { kind: 'claim', loop } : { kind: 'refused', loop, because });
    this.#held = [];
  }

  #release(): void {
    this.#giveHeld();
    this.#refusal = undefined;
  }

  *#drain(): Generator<ReadItem> {
    yield* this.#items.splice(0);
  }

  #issue(code: X12Issue['code'], at: Pick<Segment, 'id' | 'position'>, message: string, element?: number): void {
    const severity = severityOf(code, this.#mode);
    this.#take({ code, severity, position: at.position, segmentId: shownId(at.id), message, ...(element === undefined ? {} : { element }) });
  }

  #take(issue: X12Issue): void {
    if (issue.severity === 'error') {
      if (INTERCHANGE_FAULTS.has(issue.code)) this.#interchangeRefusal = issue;
      else this.#refusal ??= issue;
    }
    this.#items.push({ kind: 'issue', issue });
  }
}
