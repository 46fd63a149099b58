import { statSync } from 'node:fs';

/** One environment variable that is missing or wrong; never its value, which may be a secret. */
export interface ConfigurationProblem {
  readonly variable: string;
  readonly problem: string;
}

/** A gateway that cannot start as configured, with everything that is wrong. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  readonly problems: readonly ConfigurationProblem[];

  constructor(problems: readonly ConfigurationProblem[]) {
    super(problems.map(({ variable, problem }) => `${variable} ${problem}`).join('; '));
    this.problems = problems;
  }
}

interface IntegerRange {
  readonly fallback: number;
  readonly least: number;
  readonly most: number;
}

/** Reads variables and collects what is wrong with them; an empty variable counts as unset. */
export class EnvironmentReader {
  readonly #environment: Readonly<Record<string, string | undefined>>;
  readonly #problems: ConfigurationProblem[] = [];

  constructor(environment: Readonly<Record<string, string | undefined>>) {
    this.#environment = environment;
  }

  /** Throws `ConfigurationError` where any variable read so far was missing or wrong. */
  refuseProblems(): void {
    if (this.#problems.length > 0) throw new ConfigurationError(this.#problems);
  }

  optionalText(variable: string): string | undefined {
    const value = this.#environment[variable]?.trim();

    return value === '' ? undefined : value;
  }

  text(variable: string, fallback?: string): string {
    const value = this.optionalText(variable) ?? fallback;

    return value ?? this.#refuse(variable, 'is missing');
  }

  integer(variable: string, { fallback, least, most }: IntegerRange): number {
    const text = this.optionalText(variable);
    if (text === undefined) return fallback;
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    this.#refuse(variable, `must be a whole number from ${least} to ${most}`);

    return fallback;
  }

  oneOf<const T extends string>(variable: string, allowed: readonly T[], fallback: T): T {
    const text = this.optionalText(variable) ?? fallback;
    const value = allowed.find((entry) => entry === text);
    if (value === undefined) this.#refuse(variable, `must be one of ${allowed.join(', ')}`);

    return value ?? fallback;
  }

  list(variable: string): readonly string[] {
    const text = this.optionalText(variable) ?? '';

    return text.split(',').map((entry) => entry.trim()).filter((entry) => entry !== '');
  }

  listOf<const T extends string>(variable: string, allowed: readonly T[], fallback: readonly T[]): readonly T[] {
    const entries = this.list(variable);
    const values = allowed.filter((entry) => entries.includes(entry));
    if (entries.some((entry) => !allowed.some((known) => known === entry))) this.#refuse(variable, `may name only ${allowed.join(', ')}`);

    return entries.length === 0 ? fallback : values;
  }

  endpoint(variable: string): string {
    const value = this.text(variable);
    if (value !== '' && !/^[^\s/:]+:\d{1,5}$/.test(value)) this.#refuse(variable, 'must be host:port');

    return value;
  }

  url(variable: string, protocols: readonly string[]): string {
    return this.optionalUrl(variable, protocols) ?? this.text(variable);
  }

  optionalUrl(variable: string, protocols: readonly string[]): string | undefined {
    const value = this.optionalText(variable);
    if (value !== undefined && !protocols.includes(protocolOf(value) ?? '')) {
      this.#refuse(variable, `must be a URL that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`);
    }

    return value;
  }

  /** A URL of http or https without anything after the host. */
  optionalOrigin(variable: string): string | undefined {
    const value = this.optionalUrl(variable, ['http:', 'https:']);
    if (value !== undefined && URL.canParse(value) && new URL(value).origin !== value.replace(/\/$/, '')) this.#refuse(variable, 'must end with the host or port');

    return value?.replace(/\/$/, '');
  }

  folder(variable: string): string {
    const value = this.text(variable);
    if (value !== '' && statSync(value, { throwIfNoEntry: false })?.isDirectory() !== true) this.#refuse(variable, 'must be an existing folder');

    return value;
  }

  file(variable: string): string {
    const value = this.text(variable);
    if (value !== '' && statSync(value, { throwIfNoEntry: false })?.isFile() !== true) this.#refuse(variable, 'must be an existing file');

    return value;
  }

  #refuse(variable: string, problem: string): string {
    this.#problems.push({ variable, problem });

    return '';
  }
}

function protocolOf(value: string): string | undefined {
  return URL.canParse(value) ? new URL(value).protocol : undefined;
}
