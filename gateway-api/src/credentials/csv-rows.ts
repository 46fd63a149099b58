import { StringDecoder } from 'node:string_decoder';
import type { Readable } from 'node:stream';
import { invalidInput, issue } from '@medaccord/domain';

/** One record of a CSV file: its fields by the names of the first record, and its number there, from 1. */
export interface CsvRow {
  readonly number: number;
  readonly fields: Readonly<Record<string, string>>;
}

/** The rows of a CSV file (RFC 4180, UTF-8) as they are read. Empty fields and empty lines are left out. Throws INVALID_INPUT where a quote never ends. */
export async function* csvRows(file: Readable): AsyncGenerator<CsvRow> {
  let names: readonly string[] | undefined;
  let number = 0;
  for await (const values of records(file)) {
    if (names === undefined) {
      names = values.map((name) => name.trim());
      continue;
    }
    number += 1;
    yield { number, fields: fieldsOf(names, values) };
  }
}

function fieldsOf(names: readonly string[], values: readonly string[]): Readonly<Record<string, string>> {
  const named = values.map((value, index) => [names[index] ?? `column ${index + 1}`, value.trim()] as const);

  return Object.fromEntries(named.filter(([, value]) => value !== ''));
}

async function* records(file: Readable): AsyncGenerator<readonly string[]> {
  const decoder = new StringDecoder('utf8');
  const reader = new RecordReader();
  for await (const chunk of file) yield* reader.take(decoder.write(chunk as Buffer));
  yield* reader.take(`${decoder.end()}\n`);
  if (reader.isQuoted) throw invalidInput([issue('WRONG_FORMAT', '')]);
}

/** Takes a file in pieces, which may end anywhere. */
class RecordReader {
  #record: string[] = [];
  #field = '';
  #quoted = false;
  /** Whether the last character ended a quoted part: another quote then stands for itself. */
  #closed = false;
  #begun = false;

  /** Whether a quoted field is still open. */
  get isQuoted(): boolean {
    return this.#quoted;
  }

  *take(text: string): Generator<readonly string[]> {
    for (const character of this.#begun ? text : text.replace(/^\uFEFF/, '')) {
      const ended = this.#read(character);
      if (ended?.some((field) => field.trim() !== '') === true) yield ended;
    }
    this.#begun ||= text !== '';
  }

  /** The record that the character ends. */
  #read(character: string): readonly string[] | undefined {
    const reopens = this.#closed;
    this.#closed = character === '"' && this.#quoted;
    if (character === '"') this.#quote(reopens);
    else if (this.#quoted || !',\n'.includes(character)) this.#field += character;
    else return this.#end(character);
    return undefined;
  }

  #quote(reopens: boolean): void {
    if (reopens) this.#field += '"';
    this.#quoted = !this.#quoted;
  }

  #end(separator: string): readonly string[] | undefined {
    const record = [...this.#record, this.#field.replace(/\r$/, '')];
    this.#field = '';
    this.#record = separator === ',' ? record : [];
    return separator === ',' ? undefined : record;
  }
}
