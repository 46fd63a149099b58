import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Body, Controller, Post } from '@nestjs/common';
import { DomainError } from '@medaccord/domain';
import { Command } from '../http/endpoint.decorators.js';
import { CurrentUpload } from '../http/upload.js';
import type { Upload } from '../http/upload.js';
import { TestGateway, TestSurroundings } from '../testing/test-gateway.js';
import type { TestAnswer } from '../testing/test-gateway.js';
import { CurrentWrite } from './current-write.js';
import type { WriteRequest } from './write-request.js';

const done = { summary: 'test', answer: Object, tag: 'test' };

/** What the handlers below do, and how often they were called. */
const script: { calls: number; act: () => Promise<void> } = { calls: 0, act: () => Promise.resolve() };

@Controller('test')
class TestController {
  @Post('writes')
  @Command('members.write', done)
  async write(@Body() body: { readonly name?: string }, @CurrentWrite() write: WriteRequest): Promise<object> {
    script.calls += 1;
    await script.act();

    return { call: script.calls, name: body.name, derived: write.derive('id').toString('hex'), other: write.derive('salt').toString('hex') };
  }

  @Post('others')
  @Command('members.write', done)
  other(): object {
    script.calls += 1;

    return {};
  }

  @Post('uploads')
  @Command('members.write', { ...done, upload: 'text/plain' })
  async upload(@CurrentUpload() upload: Upload): Promise<object> {
    script.calls += 1;

    return { first: await text(upload.open()), again: (await text(upload.open())).length, bytes: upload.bytes };
  }
}

describe('a write', () => {
  let surroundings: TestSurroundings;
  let gateway: TestGateway;
  let keys = 0;

  beforeAll(async () => {
    surroundings = await TestSurroundings.create();
    gateway = await TestGateway.start(surroundings, [TestController], { MEDACCORD_MAX_UPLOAD_BYTES: '1024' });
  }, 120_000);
  beforeEach(() => {
    script.calls = 0;
    script.act = (): Promise<void> => Promise.resolve();
    keys += 1;
  });
  afterAll(async () => {
    await gateway.stop();
    await surroundings.remove();
  });

  const send = (body: unknown, { key = `key-${keys}`, path = '/test/writes', subject = 'ann' } = {}): Promise<TestAnswer> =>
    gateway.request(path, { method: 'POST', body, claims: { subject }, headers: { 'Idempotency-Key': key } });

  test('needs a key', async () => {
    const without = await gateway.request('/test/writes', { method: 'POST', body: {} });
    const malformed = await send({}, { key: 'k'.repeat(256) });

    expect([without.status, without.json['code']]).toEqual([400, 'IDEMPOTENCY_KEY_REQUIRED']);
    expect([malformed.status, malformed.json]).toMatchObject([400, { code: 'INVALID_INPUT', issues: [{ code: 'WRONG_FORMAT', path: '/Idempotency-Key' }] }]);
    expect(script.calls).toBe(0);
  });

  test('is done once, and answered alike ever after', async () => {
    const first = await send({ name: 'Ann', list: [1, 2] });
    const second = await send({ list: [1, 2], name: 'Ann' });

    expect([first.status, first.json]).toMatchObject([201, { call: 1, name: 'Ann' }]);
    expect([second.status, second.json]).toEqual([201, first.json]);
    expect([first.headers.get('idempotency-replayed'), second.headers.get('idempotency-replayed')]).toEqual([null, 'true']);
    expect(script.calls).toBe(1);
  });

  test.each([
    ['another body', { name: 'Bob' }, {}],
    ['another route', { name: 'Ann' }, { path: '/test/others' }],
    ['another query', { name: 'Ann' }, { path: '/test/writes?mode=strict' }],
  ])('is refused under a key that was used for %s', async (_, body, options) => {
    await send({ name: 'Ann' });

    const reused = await send(body, options);

    expect([reused.status, reused.json['code']]).toEqual([409, 'IDEMPOTENCY_KEY_REUSED']);
    expect(script.calls).toBe(1);
  });

  test('has its own keys per caller', async () => {
    const [ann, bob] = [await send({}), await send({}, { subject: 'bob' })];

    expect([ann.json['call'], bob.json['call']]).toEqual([1, 2]);
    expect(ann.json['derived']).not.toBe(bob.json['derived']);
  });

  test('is refused while the same one is running', async () => {
    let finish = (): void => undefined;
    const running = new Promise<void>((resolve) => { finish = resolve; });
    const called = new Promise<void>((resolve) => {
      script.act = (): Promise<void> => {
        resolve();

        return running;
      };
    });
    const first = send({});
    await called;

    const second = await send({});
    finish();

    expect([second.status, second.json['code'], second.headers.get('retry-after')]).toEqual([409, 'IDEMPOTENT_REQUEST_RUNNING', '1']);
    expect((await first).status).toBe(201);
    expect(script.calls).toBe(1);
  });

  test('that was refused stays refused, in the same words', async () => {
    script.act = (): Promise<void> => Promise.reject(new DomainError('LICENCE_NOT_FOUND'));

    const [first, second] = [await send({}), await send({})];

    expect([first.status, second.status, script.calls]).toEqual([404, 404, 1]);
    expect(second.json).toEqual(first.json);
    expect(second.headers.get('content-type')).toContain('application/problem+json');
  });

  test.each([
    ['a fault', new Error('Jane Doe broke it'), 500, 'UNEXPECTED_FAULT'],
    ['a ledger that does not answer', new DomainError('LEDGER_UNAVAILABLE'), 503, 'LEDGER_UNAVAILABLE'],
    ['an outcome that is not known', new DomainError('OUTCOME_UNKNOWN', { transactionId: 'f00' }), 202, undefined],
  ])('that met %s can be sent again, and makes the same ids', async (_, error, status, code) => {
    script.act = (): Promise<void> => (script.calls === 1 ? Promise.reject(error) : Promise.resolve());

    const [first, second] = [await send({}), await send({})];
    const third = await send({}, { key: `other-${keys}` });

    expect([first.status, first.json['code'], second.status]).toEqual([status, code, 201]);
    expect(first.text).not.toContain('Jane');
    expect(third.json['derived']).not.toBe(second.json['derived']);
    expect(second.json['derived']).toMatch(/^[0-9a-f]{64}$/);
    expect(second.json['derived']).not.toBe(second.json['other']);
  });

  test('with a file compares the file', async () => {
    const upload = (raw: string): Promise<TestAnswer> => gateway.request('/test/uploads', { method: 'POST', raw, headers: { 'Idempotency-Key': `file-${keys}`, 'Content-Type': 'application/edi-x12' } });

    const [first, second, other] = [await upload('ISA*00~'), await upload('ISA*00~'), await upload('ISA*01~')];

    expect([first.status, first.json]).toEqual([201, { first: 'ISA*00~', again: 7, bytes: 7 }]);
    expect(second.json).toEqual(first.json);
    expect([other.status, other.json['code'], script.calls]).toEqual([409, 'IDEMPOTENCY_KEY_REUSED', 1]);
  });

  test('with a file that is too large or empty is refused, and no file stays behind', async () => {
    const upload = (raw: string): Promise<TestAnswer> => gateway.request('/test/uploads', { method: 'POST', raw, headers: { 'Idempotency-Key': `file-${keys}`, 'Content-Type': 'text/plain' } });

    expect((await upload('x'.repeat(1025))).status).toBe(413);
    expect((await upload('')).status).toBe(400);
    expect(readdirSync(join(surroundings.directory, 'gateway', 'uploads'))).toEqual([]);
  });

  test('leaves nothing of its body or answer readable in the database', async () => {
    await send({ name: 'Zebulon-Quark' });

    const folder = join(surroundings.directory, 'gateway', 'database');
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const holding = files.filter((entry) => readFileSync(join(entry.parentPath, entry.name)).includes('Zebulon-Quark'));

    expect(files.length).toBeGreaterThan(100);
    expect(holding).toEqual([]);
  });
});
