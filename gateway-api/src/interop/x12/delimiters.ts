import type { Delimiters } from './segment.js';

/** How far an interchange header is looked for; the header itself is 106 characters. */
export const HEADER_REACH = 1024;

/** Widths of ISA01 to ISA15: the one segment of X12 with fixed positions. */
const WIDTHS = [2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1];

/** What was found at the start of an interchange. */
export interface Header {
  readonly delimiters: Delimiters;
  /** Text of ISA01 to ISA16; empty where the interchange has no readable ISA. */
  readonly elements: readonly string[];
  /** Characters of the text up to and including the terminator of the ISA (0 without one). */
  readonly length: number;
  readonly fault?: 'ISA_MALFORMED' | 'DELIMITER_GUESSED' | 'ISA_MISSING';
}

/** Whether an interchange begins here. */
export function startsInterchange(text: string): boolean {
  return /^ISA[^A-Za-z0-9 \r\n]/.test(text);
}

/** Reads the delimiters from the ISA that the text begins with, by position, else by counting, else from what follows it. */
export function readHeader(text: string): Header | undefined {
  const reach = text.slice(0, HEADER_REACH);

  return fixedHeader(reach) ?? countedHeader(reach) ?? guessedHeader(reach);
}

/** Guesses the delimiters from the first group or transaction header in reach, for a file whose ISA is lost. */
export function guessedHeader(text: string): Header | undefined {
  const found = /([^A-Za-z0-9 \r\n]|[\r\n]|^)\s*(?:GS([^A-Za-z0-9 \r\n])HC\2|ST([^A-Za-z0-9 \r\n])837\3)/.exec(text.slice(0, HEADER_REACH));
  const separator = found?.[2] ?? found?.[3];
  if (found === null || separator === undefined) return undefined;
  const terminator = found[1] === '' || found[1] === separator ? terminatorAfter(text, separator) : found[1];
  if (terminator === undefined) return undefined;

  const skipped = found.index + found[0].search(/(?:GS|ST)[^A-Za-z0-9]/);
  return { delimiters: { element: separator, component: ':', repetition: '^', terminator }, elements: [], length: skipped, fault: 'ISA_MISSING' };
}

/** The character that ends the first segment, told by the segment id that follows it. */
function terminatorAfter(text: string, separator: string): string | undefined {
  const next = /([^A-Za-z0-9 \r\n]|[\r\n])\s*(?:ST|BHT)([^A-Za-z0-9 \r\n])/.exec(text.slice(0, HEADER_REACH));

  return next?.[2] === separator ? next[1] : undefined;
}

/** The standard's way: separators at fixed positions. Line breaks inside count for nothing (files wrapped at 80 columns). */
function fixedHeader(text: string): Header | undefined {
  const [separator = ''] = text.slice(3);
  const [header, rawLength] = withoutBreaks(text, 105);
  const elements: string[] = [];
  let at = 4;
  for (const width of WIDTHS) {
    const value = header.slice(at, at + width);
    if (header[at + width] !== separator || value.includes(separator)) return undefined;
    elements.push(value);
    at += width + 1;
  }
  const component = header.slice(at, at + 1);
  const terminator = text.slice(rawLength, rawLength + 1);
  if (!isDelimiter(component) || !isTerminator(terminator) || !segmentFollows(text.slice(rawLength + 1), separator)) return undefined;

  return withoutOwnComponent(text, { delimiters: chosen(separator, component, elements, terminator), elements: [...elements, component], length: rawLength + 1 });
}

/** Where ISA16 was left out, the terminator stands in its place and the line break behind it passes for the terminator. */
function withoutOwnComponent(text: string, header: Header): Header {
  const { component, terminator } = header.delimiters;
  const [next = ''] = text.slice(header.length).split(terminator, 1);
  if (!/[\r\n]/.test(terminator) || !next.trimEnd().endsWith(component)) return header;

  return { ...header, delimiters: { ...header.delimiters, component: ':', terminator: component }, fault: 'DELIMITER_GUESSED' };
}

/** For headers whose padding was lost: the component separator follows the sixteenth separator, the terminator follows that. */
function countedHeader(text: string): Header | undefined {
  const separator = text.charAt(3);
  const parts = text.split(separator, 17);
  if (parts.length < 17) return undefined;
  const elements = parts.slice(1, 16);
  const at = parts.slice(0, 16).join(separator).length + 1;
  const length = [at + 2, at + 1].find((end) => isTerminator(text.charAt(end - 1)) && segmentFollows(text.slice(end), separator));
  if (length === undefined) return undefined;
  const declared = length === at + 2 ? text.charAt(at) : '';
  const component = isDelimiter(declared) ? declared : ':';

  return {
    delimiters: chosen(separator, component, elements, text.charAt(length - 1)),
    elements: [...elements, component],
    length,
    fault: component === declared ? 'ISA_MALFORMED' : 'DELIMITER_GUESSED',
  };
}

function chosen(separator: string, component: string, elements: readonly string[], terminator: string): Delimiters {
  const repetition = elements[10] ?? '';

  return { element: separator, component, repetition: isDelimiter(repetition) ? repetition : '^', terminator };
}

/** The first `wanted` characters without line breaks, and how many characters of the text they took. */
function withoutBreaks(text: string, wanted: number): [string, number] {
  let kept = '';
  let at = 0;
  for (; at < text.length && kept.length < wanted; at += 1) {
    const character = text.charAt(at);
    if (character !== '\r' && character !== '\n') kept += character;
  }

  return [kept, at];
}

function isDelimiter(character: string): boolean {
  return character.length === 1 && !/[A-Za-z0-9 \r\n]/.test(character);
}

/** A line break or another control character is as good a terminator as a printed one. */
function isTerminator(character: string): boolean {
  return character === '\r' || character === '\n' || isDelimiter(character);
}

/** Confirms a terminator: what follows it begins like a segment, or is nothing. */
function segmentFollows(text: string, separator: string): boolean {
  const next = text.trimStart();

  return next === '' || (/^[A-Za-z0-9]{2,3}[^A-Za-z0-9 \r\n]/.test(next) && [2, 3].includes(next.indexOf(separator)));
}
