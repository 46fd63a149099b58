import type { ConfigurationIssue, ConfigurationIssueCode } from './configuration-error.js';

/** Collects the issues of one file; see `FieldReader`. */
export class IssueList {
  readonly issues: ConfigurationIssue[] = [];

  add(code: ConfigurationIssueCode, path: string, message: string): void {
    this.issues.push({ code, path, message });
  }
}

/**
 * Reads the fields of one object of a file. A fault is noted and a harmless value returned, so that reading goes on and
 * finds the rest; whoever reads must look at the issues before using what was read.
 */
export class FieldReader {
  private readonly fields: Readonly<Record<string, unknown>>;
  private readonly known = new Set<string>();

  constructor(
    value: unknown,
    readonly path: string,
    readonly issues: IssueList,
  ) {
    if (!isRecord(value)) {
      issues.add(value === undefined || value === null ? 'MISSING' : 'WRONG_TYPE', path, 'must be a mapping');
    }
    this.fields = isRecord(value) ? value : {};
  }

  text(name: string, pattern?: RegExp, meaning?: string): string {
    const value = this.required(name, (found) => typeof found === 'string' && found !== '', 'must be a text');
    if (typeof value !== 'string') {
      return '';
    }
    if (pattern?.test(value) === false) {
      this.issues.add('BAD_NAME', this.at(name), `'${value}' is no ${meaning ?? 'valid name'}`);
    }
    return value;
  }

  optionalText(name: string): string | undefined {
    return this.has(name) ? this.text(name) : undefined;
  }

  integer(name: string, least: number, fallback?: number): number {
    if (fallback !== undefined && !this.has(name)) {
      return fallback;
    }
    const value = this.required(name, (found) => typeof found === 'number' && Number.isSafeInteger(found), 'must be a whole number');
    if (typeof value !== 'number') {
      return least;
    }
    if (value < least) {
      this.issues.add('OUT_OF_RANGE', this.at(name), `must be at least ${least}`);
    }
    return value;
  }

  flag(name: string, fallback: boolean): boolean {
    if (!this.has(name)) {
      return fallback;
    }
    return this.required(name, (found) => typeof found === 'boolean', 'must be true or false') === true;
  }

  list<T>(name: string, read: (value: unknown, path: string) => T, fallback?: readonly T[]): readonly T[] {
    if (fallback !== undefined && !this.has(name)) {
      return fallback;
    }
    const value = this.required(name, Array.isArray, 'must be a list');
    return Array.isArray(value) ? value.map((item: unknown, index) => read(item, `${this.at(name)}[${index}]`)) : [];
  }

  texts(name: string): Readonly<Record<string, string>> {
    this.known.add(name);
    const value = this.fields[name] ?? {};
    if (!isRecord(value)) {
      this.issues.add('WRONG_TYPE', this.at(name), 'must be a mapping of texts');
      return {};
    }
    const wrong = Object.entries(value).filter(([, text]) => typeof text !== 'string');
    wrong.forEach(([key]) => { this.issues.add('WRONG_TYPE', `${this.at(name)}.${key}`, 'must be a text'); });
    return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  }

  object(name: string): FieldReader | undefined {
    this.known.add(name);
    return this.fields[name] === undefined ? undefined : new FieldReader(this.fields[name], this.at(name), this.issues);
  }

  requiredObject(name: string): FieldReader {
    this.known.add(name);
    return new FieldReader(this.fields[name], this.at(name), this.issues);
  }

  /** Notes every field that nobody asked for: a misspelt name would otherwise be ignored in silence. */
  end(): void {
    for (const name of Object.keys(this.fields)) {
      if (!this.known.has(name)) {
        this.issues.add('UNKNOWN_FIELD', this.at(name), 'is not a known field');
      }
    }
  }

  private has(name: string): boolean {
    this.known.add(name);
    return this.fields[name] !== undefined;
  }

  private required(name: string, fits: (value: unknown) => boolean, message: string): unknown {
    this.known.add(name);
    const value = this.fields[name];
    if (value === undefined) {
      this.issues.add('MISSING', this.at(name), 'is missing');
    } else if (!fits(value)) {
      this.issues.add('WRONG_TYPE', this.at(name), message);
    } else {
      return value;
    }
    return undefined;
  }

  private at(name: string): string {
    return this.path === '' ? name : `${this.path}.${name}`;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
