import { randomUUID } from 'node:crypto';
import { npiCheckDigit } from '@medaccord/domain';
import { StewardWorld } from '../exclusions/testing/steward-world.js';
import { GatewayProcess } from '../testing/gateway-process.js';
import { send } from '../testing/test-gateway.js';
import type { TestAnswer } from '../testing/test-gateway.js';
import { until } from '../testing/until.js';
import { Receiver } from './testing/receiver.js';

const clinicians = Array.from({ length: 12 }, (_, index) => {
  const nine = `13${String(index).padStart(7, '0')}`;

  return { npi: `${nine}${npiCheckDigit(nine)}`, number: `K${index}` };
});

describe('monitoring by a gateway that is killed', () => {
  let world: StewardWorld;
  let receiver: Receiver;

  beforeAll(async () => {
    world = await StewardWorld.start();
    receiver = await Receiver.start();
    await world.license(clinicians);
  }, 240_000);
  afterAll(async () => {
    await world.stop();
    await receiver.close();
  }, 60_000);

  test('loses nothing and keeps its ids', async () => {
    const environment = world.consortium.environment('HospitalMSP', 'killed');
    const token = await world.consortium.issuer.token({ organisation: 'HospitalMSP', roles: ['credentialing'] });
    const ask = async (url: string, path: string, body?: unknown): Promise<TestAnswer> => send(`${url}/v1/monitoring/subscribers${path}`, body === undefined ? {} : { method: 'POST', body, headers: { 'Idempotency-Key': randomUUID() } }, token);
    let gateway = await GatewayProcess.start(environment);
    const subscriber = String((await ask(gateway.url, '', { name: 'roster', webhookUrl: receiver.url })).json['id']);
    expect((await ask(gateway.url, `/${subscriber}/clinicians`, { npis: clinicians.map(({ npi }) => npi) })).status).toBe(201);

    // Killed three times: as the first messages arrive, while nobody follows, and as soon as it follows again.
    await world.suspend('K0');
    await until(() => Promise.resolve(receiver.received.length > 0 ? true : undefined));
    const early = [...receiver.ids];
    await Promise.all(['K1', 'K2', 'K3', 'K4'].map((number) => world.suspend(number)).concat(gateway.kill()));
    await world.suspend('K5');
    gateway = await GatewayProcess.start(environment);
    await Promise.all(['K6', 'K7', 'K8'].map((number) => world.suspend(number)));
    await gateway.kill();
    for (const number of ['K9', 'K10', 'K11']) await world.suspend(number);
    gateway = await GatewayProcess.start(environment);

    const feed = async (): Promise<readonly { id: string; npi: string; kind: string; detail: object; delivery: string }[]> => ((await ask(gateway.url, `/${subscriber}/notices?after=0`)).json as { items: [] }).items;
    const notices = await until(async () => { const all = await feed(); return all.length >= clinicians.length && all.every(({ delivery }) => delivery === 'DELIVERED') ? all : undefined; });
    const ended = await gateway.end('SIGTERM');

    expect(notices.map(({ npi }) => npi).sort()).toEqual(clinicians.map(({ npi }) => npi).sort());
    expect(notices.every(({ kind, detail }) => kind === 'STANDING_CHANGED' && 'event' in detail && detail.event === 2)).toBe(true);
    expect([...new Set(receiver.ids)].sort()).toEqual(notices.map(({ id }) => id).sort()); // each at least once, none unknown
    expect(notices.map(({ id }) => id)).toEqual(expect.arrayContaining(early));
    expect(ended).toBe(0);
  }, 240_000);
});
