import { Controller, Get, Param } from '@nestjs/common';
import { Public } from '../auth/access.decorators.js';
import { TestGateway, TestSurroundings } from '../testing/test-gateway.js';
import { createLogger } from './logging.js';

/** Holds a request until the test lets it go. */
const held: { arrived: () => void; release: Promise<void> } = { arrived: () => undefined, release: Promise.resolve() };

@Controller('test')
class TestController {
  @Get('slow')
  @Public('health')
  async slow(): Promise<object> {
    held.arrived();
    await held.release;

    return { done: true };
  }

  @Get('patients/:patientId')
  @Public('health')
  patient(@Param('patientId') patientId: string): object {
    return { patientId };
  }
}

describe('operations', () => {
  let surroundings: TestSurroundings;
  let gateway: TestGateway;

  beforeAll(async () => {
    surroundings = await TestSurroundings.create();
    gateway = await TestGateway.start(surroundings, [TestController]);
  }, 120_000);
  afterAll(async () => {
    await gateway.stop();
    await surroundings.remove();
  });

  test('a gateway lives without its ledger, and is not ready', async () => {
    const live = await gateway.request('/health/live', { token: '' });
    const ready = await gateway.request('/health/ready', { token: '' });

    expect([live.status, live.json]).toEqual([200, { status: 'ok', checks: {} }]);
    expect([ready.status, ready.json]).toEqual([503, { status: 'unavailable', checks: { database: 'ok', peer: 'unavailable', 'chaincode-registry': 'unavailable', 'chaincode-claims': 'unavailable' } }]);
  });

  test('requests are counted by route template and status, never by what stood in their place', async () => {
    await gateway.request('/test/patients/jane-doe?born=1970', { token: '' });
    await gateway.request('/jane-doe/nowhere');
    const { text, headers } = await gateway.request('/metrics', { token: '' });

    expect(headers.get('content-type')).toContain('text/plain');
    expect(text).toContain('medaccord_http_request_seconds_count{method="GET",route="/test/patients/:patientId",status="200"} 1');
    expect(text).toContain('route="none",status="404"');
    expect(text).not.toMatch(/jane|1970/);
  });
});

describe('a gateway that is told to end', () => {
  test('finishes what it has begun', async () => {
    const surroundings = await TestSurroundings.create();
    const gateway = await TestGateway.start(surroundings, [TestController]);
    let release = (): void => undefined;
    held.release = new Promise((resolve) => { release = resolve; });
    const arrived = new Promise<void>((resolve) => { held.arrived = resolve; });
    const slow = gateway.request('/test/slow', { token: '' });
    await arrived;

    const stopped = gateway.stop();
    release();

    expect((await slow).json).toEqual({ done: true });
    await stopped;
    await surroundings.remove();
  }, 120_000);
});

describe('the log', () => {
  const written = (level: 'warn' | 'info', log: (logger: ReturnType<typeof createLogger>) => void): string => {
    let lines = '';
    log(createLogger(level, 'TestMSP', { write: (line: string) => { lines += line; } }));

    return lines;
  };

  test('is quiet by default', () => {
    expect(written('warn', (log) => { log.info('request'); })).toBe('');
  });

  test('names the organisation and drops what may hold a patient', () => {
    const line = written('info', (log) => {
      log.info({ code: 'X', body: 'secret', headers: 'secret', request: { url: '/secret', query: 'secret' }, err: Object.assign(new Error('secret'), { code: 7 }) }, 'line');
    });

    expect(JSON.parse(line)).toMatchObject({ organisation: 'TestMSP', code: 'X', msg: 'line' });
    expect(line).not.toContain('secret');
  });
});
