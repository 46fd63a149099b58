import { readFile } from 'node:fs/promises';
import { LineCounter, parseDocument } from 'yaml';
import { parsePolicy } from '../embedded/policies/index.js';
import { checkConsortium } from './check-consortium.js';
import { ConfigurationError } from './configuration-error.js';
import type { ConsortiumConfig } from './consortium.js';
import { IssueList } from './field-reader.js';
import { readConsortium } from './read-consortium.js';

/** Loads a consortium file (YAML or JSON). Throws `ConfigurationError` with every fault and its place. */
export async function loadConsortium(path: string): Promise<ConsortiumConfig> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new ConfigurationError(path, [{ code: 'FILE_UNREADABLE', path: '', message }]);
  }
  return parseConsortium(text, path);
}

/** Reads the text of a consortium file; `source` names it in errors. Throws `ConfigurationError`. */
export function parseConsortium(text: string, source = 'the consortium file'): ConsortiumConfig {
  // JSON is YAML, so one parser reads both.
  const document = parseDocument(text, { lineCounter: new LineCounter() });
  if (document.errors.length > 0) {
    throw new ConfigurationError(source, document.errors.map(({ message }) => ({ code: 'SYNTAX', path: '', message })));
  }
  const issues = new IssueList();
  const config = readConsortium(document.toJS() as unknown, issues);
  checkConsortium(config, policyFault, issues);
  if (issues.issues.length > 0) {
    throw new ConfigurationError(source, issues.issues);
  }
  return config;
}

function policyFault(text: string): string | undefined {
  try {
    parsePolicy(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
