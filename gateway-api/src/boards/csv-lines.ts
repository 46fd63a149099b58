/** Rows as a CSV file (RFC 4180) whose first record names the columns; what a row does not have is empty. */
export function csvOf<C extends string>(columns: readonly C[], rows: readonly Readonly<Partial<Record<C, string | number | undefined>>>[]): string {
  const lines = [columns, ...rows.map((row) => columns.map((column) => String(row[column] ?? '')))];

  return lines.map((values) => `${values.map(field).join(',')}\r\n`).join('');
}

/** A field that a spreadsheet would take for a formula begins with an apostrophe, as its import filters write it. */
function field(value: string): string {
  const safe = /^[=+@\t\r-](?!\d)/.test(value) ? `'${value}` : value;

  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
