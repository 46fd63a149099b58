import type { ReferenceEntry } from '@medaccord/domain';

/** One row of a file as an entry; several rows of one key are joined. */
export interface TableRow {
  readonly key: string;
  readonly entry: ReferenceEntry;
}

/** How a publisher writes a table. */
export interface TableFormat {
  /** Most lines before the first row: notices and column names. */
  readonly headerLines: number;
  /** True for the line of column names; rows follow. Absent where rows are known by themselves. */
  readonly isHeading?: (text: string) => boolean;
  /** True for a line that is a row, where there is no line of column names. */
  readonly isRow?: (text: string) => boolean;
  /** The row of a line; undefined for one that is not taken. Throws `RowFault`. */
  readonly read: (text: string, heading: readonly string[]) => TableRow | undefined;
}
