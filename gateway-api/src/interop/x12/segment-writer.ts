import type { Delimiters } from './segment.js';

/** What most senders use. */
export const USUAL_DELIMITERS: Delimiters = { element: '*', component: ':', repetition: '^', terminator: '~' };

/** An element, or its components. Text is written without the file's delimiters, which cannot be escaped in X12. */
export type WrittenElement = string | number | readonly (string | number)[] | undefined;

/** Who sends an interchange to whom, when, and its numbers. */
export interface InterchangeHeader {
  /** ISA05/06 and GS02. */
  readonly sender: { readonly qualifier: string; readonly id: string };
  /** ISA07/08 and GS03. */
  readonly receiver: { readonly qualifier: string; readonly id: string };
  /** CCYYMMDD. */
  readonly date: string;
  /** HHMM. */
  readonly time: string;
  /** Up to 9 digits; also the group's control number. */
  readonly controlNumber: number;
  readonly usage: 'T' | 'P';
  /** Implementation guide, for example `005010X222A1`. */
  readonly version: string;
  /** Functional id of the group, for example `HC`. */
  readonly functionalId: string;
  /** ST01, for example `837`. */
  readonly transactionSet: string;
}

/** Writes an interchange of one group, one transaction after another, and keeps its counts. */
export class SegmentWriter {
  readonly #header: InterchangeHeader;
  readonly #delimiters: Delimiters;
  readonly #lineEnd: string;
  readonly #parts: string[] = [];
  #transactions = 0;
  #segments = 0;

  constructor(header: InterchangeHeader, delimiters: Delimiters = USUAL_DELIMITERS, lineEnd = '\n') {
    this.#header = header;
    this.#delimiters = delimiters;
    this.#lineEnd = lineEnd;
    this.#writeHeaders();
  }

  /** Adds a segment; empty elements at its end are left out. */
  segment(id: string, ...elements: readonly WrittenElement[]): this {
    const { element, component } = this.#delimiters;
    const texts = elements.map((value) => (Array.isArray(value) ? trimmedEnd(value.map((part) => this.#text(part as string | number))).join(component) : this.#text(value as string | number | undefined)));
    this.#raw([id, ...trimmedEnd(texts)].join(element));
    this.#segments += 1;

    return this;
  }

  startTransaction(): this {
    this.#transactions += 1;
    this.#segments = 0;

    return this.segment('ST', this.#header.transactionSet, this.#transactionControl(), this.#header.version);
  }

  endTransaction(): this {
    return this.segment('SE', this.#segments + 1, this.#transactionControl());
  }

  /** Closes group and interchange and gives the whole text. */
  finish(): string {
    const { element } = this.#delimiters;
    this.#raw(['GE', this.#transactions, this.#header.controlNumber].join(element));
    this.#raw(['IEA', 1, this.#control()].join(element));

    return this.#parts.join('');
  }

  #writeHeaders(): void {
    const { sender, receiver, date, time, usage, functionalId, version, controlNumber } = this.#header;
    const { element, component, repetition } = this.#delimiters;
    const party = ({ qualifier, id }: { readonly qualifier: string; readonly id: string }): string[] => [qualifier, id.padEnd(15)];
    const blank = ['00', ' '.repeat(10)];
    this.#raw(['ISA', ...blank, ...blank, ...party(sender), ...party(receiver), date.slice(2), time, repetition, '00501', this.#control(), '0', usage, component].join(element));
    this.#raw(['GS', functionalId, sender.id, receiver.id, date, time, controlNumber, 'X', version].join(element));
  }

  #control(): string {
    return String(this.#header.controlNumber).padStart(9, '0');
  }

  #transactionControl(): string {
    return String(this.#transactions).padStart(4, '0');
  }

  #text(value: string | number | undefined): string {
    const { element, component, repetition, terminator } = this.#delimiters;
    const reserved = [element, component, repetition, terminator, '\r', '\n'];

    return Array.from(String(value ?? ''), (character) => (reserved.includes(character) ? ' ' : character)).join('').trim();
  }

  #raw(text: string): void {
    this.#parts.push(text + this.#delimiters.terminator + this.#lineEnd);
  }
}

/** The values up to the last one that is not empty. */
function trimmedEnd(values: readonly string[]): readonly string[] {
  return values.slice(0, values.findLastIndex((value) => value !== '') + 1);
}
