import { Controller, Get, NotFoundException, Post } from '@nestjs/common';
import { DomainError, ERROR_DEFINITIONS } from '@medaccord/domain';
import type { ErrorCode } from '@medaccord/domain';
import { Public } from '../auth/access.decorators.js';
import { TestGateway, TestSurroundings } from '../testing/test-gateway.js';
import { problemFor } from './problem.js';
import { STATUS_OF_CATEGORY } from './status-of-category.js';

@Controller('test')
class TestController {
  @Get('fault')
  @Public('health')
  fault(): never {
    throw new Error('Jane Doe, born 1970-01-01');
  }

  @Post('echo')
  @Public('health')
  echo(): object {
    return {};
  }
}

describe('a problem', () => {
  test.each([
    ['LICENCE_NOT_FOUND', 404],
    ['INVALID_INPUT', 400],
    ['STALE_VERSION', 412],
    ['LICENCE_NOT_IN_FORCE', 422],
    ['LEDGER_CONFLICT', 503],
    ['LEDGER_FAULT', 500],
    ['OUTCOME_UNKNOWN', 202],
  ] as const)('for %s has the status %i, its code and a trace id', (code, status) => {
    expect(problemFor(new DomainError(code), 'trace')).toMatchObject({ type: `urn:medaccord:problem:${code}`, code, status, title: ERROR_DEFINITIONS[code].message, traceId: 'trace' });
  });

  test('has a status for every code', () => {
    const statuses = (Object.keys(ERROR_DEFINITIONS) as ErrorCode[]).map((code) => problemFor(new DomainError(code), '').status);

    expect(statuses.every((status) => status === 202 || (status >= 400 && status <= 503))).toBe(true);
    expect(Object.keys(STATUS_OF_CATEGORY)).toHaveLength(12);
  });

  test('gives parameters and issues apart', () => {
    const problem = problemFor(new DomainError('STALE_VERSION', { expected: 1, actual: 2, issues: [] }), 'trace');

    expect(problem).toMatchObject({ issues: [], details: { expected: 1, actual: 2 } });
  });

  test.each([
    ['Nest’s own refusal', new NotFoundException('secret'), 404, 'ROUTE_NOT_FOUND'],
    ['a body that is too large', Object.assign(new Error('secret'), { status: 413 }), 413, 'INVALID_INPUT'],
    ['a body that is no JSON', Object.assign(new SyntaxError('secret in JSON'), { status: 400 }), 400, 'INVALID_INPUT'],
    ['anything else', new Error('secret'), 500, 'UNEXPECTED_FAULT'],
    ['what is not even an error', 'secret', 500, 'UNEXPECTED_FAULT'],
  ])('for %s does not repeat its words', (_, error, status, code) => {
    const problem = problemFor(error, 'trace');

    expect([problem.status, problem.code]).toEqual([status, code]);
    expect(JSON.stringify(problem)).not.toContain('secret');
  });
});

describe('over HTTP', () => {
  let surroundings: TestSurroundings;
  let gateway: TestGateway;

  beforeAll(async () => {
    surroundings = await TestSurroundings.create();
    gateway = await TestGateway.start(surroundings, [TestController], { MEDACCORD_MAX_JSON_BYTES: '1024' });
  }, 120_000);
  afterAll(async () => {
    await gateway.stop();
    await surroundings.remove();
  });

  test('a fault is told without its message', async () => {
    const { status, text, headers } = await gateway.request('/test/fault', { token: '' });

    expect([status, headers.get('content-type')]).toEqual([500, 'application/problem+json; charset=utf-8']);
    expect(text).not.toContain('Jane');
  });

  test('a body that is no JSON is refused without quoting it', async () => {
    const { status, text } = await gateway.request('/test/echo', { method: 'POST', token: '', raw: '{"name": Jane}', headers: { 'Content-Type': 'application/json' } });

    expect(status).toBe(400);
    expect(text).not.toContain('Jane');
  });

  test('a body over the limit is refused', async () => {
    expect((await gateway.request('/test/echo', { method: 'POST', token: '', body: { text: 'x'.repeat(2000) } })).status).toBe(413);
  });

  test('an address that nobody serves is a problem as well', async () => {
    const { status, json } = await gateway.request('/v1/nothing');

    expect([status, json['code']]).toEqual([404, 'ROUTE_NOT_FOUND']);
  });

  test('the caller’s trace id is kept, and one is made where there is none', async () => {
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
    const given = await gateway.request('/v1/nothing', { headers: { traceparent: `00-${trace}-00f067aa0ba902b7-01` } });
    const made = await gateway.request('/v1/nothing', { headers: { traceparent: 'nonsense' } });

    expect([given.json['traceId'], given.headers.get('x-trace-id')]).toEqual([trace, trace]);
    expect(made.json['traceId']).toMatch(/^[0-9a-f]{32}$/);
  });

  test('answers carry the headers that browsers need to be careful', async () => {
    const { headers } = await gateway.request('/health/live', { token: '' });

    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-powered-by')).toBeNull();
  });
});
