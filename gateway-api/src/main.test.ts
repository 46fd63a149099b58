import { GatewayProcess } from './testing/gateway-process.js';
import { TestSurroundings } from './testing/test-gateway.js';

describe('the gateway’s process', () => {
  let surroundings: TestSurroundings;

  beforeAll(async () => { surroundings = await TestSurroundings.create(); });
  afterAll(async () => { await surroundings.remove(); });

  test('says what it lacks and ends with 1', async () => {
    const start = GatewayProcess.start({ MEDACCORD_MSP_ID: 'TestMSP', MEDACCORD_PORT: 'many' });

    await expect(start).rejects.toThrow(/ended with 1: The gateway cannot start:\n( {2}MEDACCORD_\w+ .+\n){6}/);
  }, 60_000);

  test('prints where it listens, and ends with 0 when it is told to', async () => {
    const gateway = await GatewayProcess.start(surroundings.environment);
    const live = await fetch(`${gateway.url}/health/live`);

    expect(live.status).toBe(200);
    expect(await gateway.end('SIGTERM')).toBe(0);
  }, 60_000);
});
