import { ERROR_DEFINITIONS, ISSUE_DEFINITIONS } from './error-codes.js';
import type { ErrorCode, IssueCode } from './error-codes.js';
import { DomainError, issue } from './errors.js';
import type { ErrorDetails, Issue } from './errors.js';

// Of a chaincode error only the message string reaches the client, wrapped by peers and gateways in words of their own
// ("chaincode response 500, ..."). So the whole error travels inside the message, between a mark and the end of a JSON object.
const mark = 'MEDACCORD-ERROR:';

/** Peers repeat an error in gRPC trailers, once per endorser; trailers above 64 KB are dropped by clients. */
const longestEncoding = 4000;

/** The text of a chaincode error: ASCII on one line, at most 4,000 characters (issues beyond that are counted, not listed). */
export function encodeError(error: DomainError): string {
  const issues = error.details.issues ?? [];
  for (let listed = issues.length; listed > 0; listed = Math.floor(listed / 2)) {
    const text = encodeWith(error, issues.slice(0, listed), issues.length - listed);
    if (text.length <= longestEncoding) return text;
  }
  const text = encodeWith(error, [], issues.length);
  return text.length <= longestEncoding ? text : encodeWith(new DomainError(error.code), [], 0);
}

/** The error inside a message that `encodeError` wrote, whatever stands around it; undefined where there is none. */
export function decodeError(message: string): DomainError | undefined {
  const start = message.lastIndexOf(mark);
  if (start < 0) return undefined;
  const json = leadingObject(message.slice(start + mark.length));
  return json === undefined ? undefined : fromParsed(parsedOrUndefined(json));
}

function encodeWith(error: DomainError, issues: readonly Issue[], omitted: number): string {
  const details = {
    ...error.details,
    ...(issues.length > 0 ? { issues: issues.map(({ code, path }) => ({ code, path })) } : { issues: undefined }),
    ...(omitted > 0 ? { issuesOmitted: omitted } : {}),
  };
  return mark + asciiOnly(JSON.stringify({ code: error.code, details }));
}

function asciiOnly(json: string): string {
  return json.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The text up to the brace that closes the object at its beginning. */
function leadingObject(text: string): string | undefined {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text[at];
    if (inString && unit === '\\') at += 1;
    else if (unit === '"') inString = !inString;
    else if (!inString) depth += nesting(unit);
    if (depth === 0) return at === 0 ? undefined : text.slice(0, at + 1);
  }
  return undefined;
}

function nesting(unit: string | undefined): number {
  if (unit === '{') return 1;
  return unit === '}' ? -1 : 0;
}

function parsedOrUndefined(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function fromParsed(parsed: unknown): DomainError | undefined {
  if (!isRecord(parsed) || !isErrorCode(parsed['code'])) return undefined;
  return new DomainError(parsed['code'], detailsFrom(parsed['details']));
}

function detailsFrom(details: unknown): ErrorDetails {
  if (!isRecord(details)) return {};
  const kept: Record<string, string | number | boolean | readonly string[] | readonly Issue[]> = {};
  for (const [name, value] of Object.entries(details)) {
    if (name === 'issues') kept['issues'] = issuesFrom(value);
    else if (isDetail(value)) kept[name] = value;
  }
  return kept;
}

function issuesFrom(issues: unknown): readonly Issue[] {
  if (!Array.isArray(issues)) return [];
  return issues.flatMap((entry: unknown) =>
    isRecord(entry) && isIssueCode(entry['code']) && typeof entry['path'] === 'string' ? [issue(entry['code'], entry['path'])] : [],
  );
}

function isDetail(value: unknown): value is string | number | boolean | readonly string[] {
  if (Array.isArray(value)) return value.every((entry) => typeof entry === 'string');
  return ['string', 'number', 'boolean'].includes(typeof value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(ERROR_DEFINITIONS, value);
}

function isIssueCode(value: unknown): value is IssueCode {
  return typeof value === 'string' && Object.hasOwn(ISSUE_DEFINITIONS, value);
}
