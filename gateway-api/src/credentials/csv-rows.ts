import { pipeline } from 'node:stream';
import type { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { invalidInput, issue } from '@medaccord/domain';

/** One record of a CSV file: its fields by the names of the first record, and its number there, from 1. */
export interface CsvRow {
  readonly number: number;
  readonly fields: Readonly<Record<string, string>>;
}

/**
 * The rows of a CSV file (RFC 4180, UTF-8) as they are read. Empty fields and empty lines are left out. Throws INVALID_INPUT
 * for what is no CSV, such as a quote that never ends.
 */
export async function* csvRows(file: Readable): AsyncGenerator<CsvRow> {
  const parser = parse({ bom: true, relax_column_count: true, skip_records_with_empty_values: true, trim: true });
  // What goes wrong on the way ends the parser, and so the loop.
  pipeline(file, parser, () => undefined);
  let names: readonly string[] | undefined;
  let number = 0;
  try {
    for await (const values of parser as AsyncIterable<readonly string[]>) {
      if (names !== undefined) yield { number: (number += 1), fields: fieldsOf(names, values) };
      names ??= values;
    }
  } catch (error) {
    throw error instanceof CsvError ? invalidInput([issue('WRONG_FORMAT', '')]) : error;
  }
}

function fieldsOf(names: readonly string[], values: readonly string[]): Readonly<Record<string, string>> {
  const named = values.map((value, index) => [names[index] ?? `column ${index + 1}`, value] as const);

  return Object.fromEntries(named.filter(([, value]) => value !== ''));
}
