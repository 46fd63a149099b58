import { GatewayProcess } from './testing/gateway-process.js';
import { send, TestSurroundings } from './testing/test-gateway.js';

describe('the gateway’s process', () => {
  let surroundings: TestSurroundings;

  beforeAll(async () => { surroundings = await TestSurroundings.create(); });
  afterAll(async () => { await surroundings.remove(); });

  test('says what it lacks and ends with 1', async () => {
    const start = GatewayProcess.start({ MEDACCORD_MSP_ID: 'TestMSP', MEDACCORD_PORT: 'many' });

    await expect(start).rejects.toThrow(/ended with 1: The gateway cannot start:\n( {2}MEDACCORD_\w+ .+\n){6}/);
  }, 120_000);

  test('logs nothing of what it is sent, not even at debug', async () => {
    const gateway = await GatewayProcess.start({ ...surroundings.environment, MEDACCORD_LOG_LEVEL: 'debug' });
    const token = await surroundings.issuer.token({ subject: 'secret-subject' });
    const headers = { 'Idempotency-Key': 'secret-key' };
    await send(`${gateway.url}/v1/members?secret-query=1`, { method: 'POST', body: { name: 'secret-name' }, headers }, token);
    await send(`${gateway.url}/v1/members/secret-path`, {}, token);
    await send(`${gateway.url}/v1/secret-route`, { method: 'POST', raw: '{secret-json', headers: { 'Content-Type': 'application/json' } }, token);
    await gateway.end();

    expect(gateway.errors()).toContain('"route":"/v1/members/:mspId"');
    expect(gateway.errors()).not.toMatch(/secret|Bearer|eyJ/);
  }, 120_000);

  test('prints where it listens, and ends with 0 when it is told to', async () => {
    const gateway = await GatewayProcess.start(surroundings.environment);
    const live = await fetch(`${gateway.url}/health/live`);

    expect(live.status).toBe(200);
    expect(await gateway.end('SIGTERM')).toBe(0);
  }, 120_000);
});
