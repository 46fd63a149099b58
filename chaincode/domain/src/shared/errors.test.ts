import fc from 'fast-check';
import { ERROR_DEFINITIONS, ISSUE_DEFINITIONS } from './error-codes.js';
import type { ErrorCode, IssueCode } from './error-codes.js';
import { decodeError, encodeError } from './error-encoding.js';
import { DomainError, invalidInput, issue } from './errors.js';

const errorCode = fc.constantFrom(...(Object.keys(ERROR_DEFINITIONS) as ErrorCode[]));
const issueCode = fc.constantFrom(...(Object.keys(ISSUE_DEFINITIONS) as IssueCode[]));
const scalar = fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.boolean(), fc.array(fc.string(), { maxLength: 3 }));
const details = fc.dictionary(fc.string({ minLength: 1, maxLength: 8 }).filter((name) => !/^issues|^__proto__$/.test(name)), scalar, { maxKeys: 4, noNullPrototype: true });
const issues = fc.array(fc.tuple(issueCode, fc.string()).map(([code, path]) => issue(code, path)), { minLength: 1, maxLength: 5 });

describe('an error that passes through a peer as text', () => {
  test('comes back with code, category, message and details, whatever stands around it', () => {
    fc.assert(
      fc.property(errorCode, details, issues, fc.string(), fc.string(), (code, given, list, before, after) => {
        const decoded = decodeError(`${before}${encodeError(new DomainError(code, { ...given, issues: list }))}${after.replaceAll('MEDACCORD', '')}`);
        expect(decoded).toMatchObject({ code, category: ERROR_DEFINITIONS[code].category, message: ERROR_DEFINITIONS[code].message });
        expect(decoded?.details).toEqual({ ...given, issues: list });
      }),
    );
  });

  test('is one line of ASCII', () => {
    const text = encodeError(new DomainError('MEMBER_NOT_FOUND', { name: 'Krankenhaus Köln\n\u0000\u2028' }));
    expect(text).toMatch(/^[\x20-\x7e]+$/);
  });

  test('stays within 4,000 characters and counts the issues that it leaves out', () => {
    const many = Array.from({ length: 5000 }, (_, index) => issue('REQUIRED', `/claims/${index}/id`));
    const text = encodeError(invalidInput(many));
    const decoded = decodeError(text);
    expect(text.length).toBeLessThanOrEqual(4000);
    expect((decoded?.details.issues?.length ?? 0) + Number(decoded?.details['issuesOmitted'])).toBe(5000);
  });

  test('loses details that are longer than the limit, never its code', () => {
    const decoded = decodeError(encodeError(new DomainError('STALE_VERSION', { text: 'x'.repeat(9000) })));
    expect(decoded).toMatchObject({ code: 'STALE_VERSION', details: {} });
  });

  test.each(['', 'some other failure', 'MEDACCORD-ERROR:', 'MEDACCORD-ERROR:{"code":"NO_SUCH_CODE"}', 'MEDACCORD-ERROR:{"code":"FORBIDDEN"', 'MEDACCORD-ERROR:{,}'])(
    'is not seen in %p',
    (text) => {
      expect(decodeError(text)).toBeUndefined();
    },
  );

  test('is the innermost one when a chaincode passes on the error of another', () => {
    const inner = encodeError(new DomainError('LICENCE_NOT_FOUND'));
    const outer = `INVOKE_CHAINCODE failed: ${encodeError(new DomainError('LEDGER_FAULT'))} caused by ${inner}`;
    expect(decodeError(outer)?.code).toBe('LICENCE_NOT_FOUND');
  });
});
