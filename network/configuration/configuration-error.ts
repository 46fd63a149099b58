/** What is wrong at one place of a consortium file. */
export interface ConfigurationIssue {
  readonly code: ConfigurationIssueCode;
  /** Where, for example `organisations[2].mspId`. */
  readonly path: string;
  readonly message: string;
}

/** Kinds of faults. */
export type ConfigurationIssueCode =
  | 'FILE_UNREADABLE'
  | 'SYNTAX'
  | 'MISSING'
  | 'WRONG_TYPE'
  | 'UNKNOWN_FIELD'
  | 'OUT_OF_RANGE'
  | 'BAD_NAME'
  | 'DUPLICATE'
  | 'UNKNOWN_ORGANISATION'
  | 'BAD_POLICY';

/** Every fault of a consortium file at once, so that it is mended in one go. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  readonly code = 'CONFIGURATION_INVALID';

  constructor(
    readonly source: string,
    readonly issues: readonly ConfigurationIssue[],
  ) {
    super(`${source} is not a valid consortium file:\n${issues.map(({ code, path, message }) => `  ${path === '' ? '(file)' : path}: ${message} [${code}]`).join('\n')}`);
  }
}
