/** Renders an environment as systemd and Docker Compose read it from a file; values are taken literally. */
export function environmentFile(environment: Readonly<Record<string, string>>): string {
  return Object.entries(environment)
    .map(([name, value]) => `${name}=${quoted(name, value)}\n`)
    .join('');
}

/** Between single quotes nothing has a meaning, but for a single quote, and a line is a setting. */
function quoted(name: string, value: string): string {
  if (/['\n]/.test(value)) throw new Error(`the value of ${name} cannot be written into an environment file`);
  return `'${value}'`;
}
