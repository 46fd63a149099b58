import { randomUUID } from 'node:crypto';
import { writeProfessionalClaims } from '../interop/x12/index.js';
import { GatewayProcess } from '../testing/gateway-process.js';
import { TestConsortium } from '../testing/test-consortium.js';
import type { TestGateway } from '../testing/test-gateway.js';
import { until } from '../testing/until.js';
import { loadInsurer, referenceClaim } from './testing/insured-world.js';

const startMs = 300_000;
const claimsOfFile = 450;

const file = writeProfessionalClaims({
  header: { sender: { qualifier: 'ZZ', id: 'SENDER' }, receiver: { qualifier: 'ZZ', id: 'RECEIVER' }, date: '20260102', time: '0304', controlNumber: 1, usage: 'T' },
  submitter: { name: 'SUBMITTER', id: 'S1', contact: 'OFFICE', telephone: '5550100' },
  receiver: { name: 'RECEIVER', id: 'R1' },
  payer: { name: 'PAYER', id: 'P1' },
  address: { street: '1 MAIN ST', city: 'SAMPLETON', postalCode: '902100000' },
  transactions: [Array.from({ length: claimsOfFile }, (_, index) => referenceClaim(`C${index}`, 'ONE'))],
});

describe('an import whose gateway is killed', () => {
  let consortium: TestConsortium;
  let insurer: TestGateway;

  beforeAll(async () => {
    consortium = await TestConsortium.start(['registry', 'claims']);
    insurer = await consortium.gateway('InsurerMSP');
    await loadInsurer(await consortium.gateway('ConsortiumMSP'), insurer);
  }, startMs);
  afterAll(async () => { await consortium.stop(); });

  async function send(url: string, key: string): Promise<Response> {
    const token = await consortium.issuer.token({ organisation: 'HospitalMSP', roles: ['biller'], subject: 'biller@test' });
    const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/edi-x12', 'Idempotency-Key': key };

    return fetch(`${url}/v1/claims/import?insurer=InsurerMSP`, { method: 'POST', headers, body: file });
  }

  async function openNumbers(): Promise<readonly string[]> {
    const { items } = (await insurer.read('/v1/claims?state=open&limit=1000', 'claims-examiner')).json as { readonly items: readonly { readonly patientControlNumber: string }[] };

    return items.map(({ patientControlNumber }) => patientControlNumber);
  }

  test('goes on under the same key where it stopped: every claim once', async () => {
    const environment = consortium.environment('HospitalMSP');
    const key = randomUUID();
    const first = await GatewayProcess.start(environment);
    const cut = send(first.url, key).catch(() => 'cut off');
    await until(async () => ((await openNumbers()).length > 0 ? true : undefined));
    await first.kill();
    await cut;

    const second = await GatewayProcess.start(environment);
    try {
      const answer = await until(async () => {
        const response = await send(second.url, key);
        return response.status === 409 ? undefined : response;
      });
      expect(answer.status).toBe(201);
      expect(await answer.json()).toMatchObject({ counts: { claims: claimsOfFile, accepted: claimsOfFile, rejected: 0, unreadable: 0 } });
      const open = await openNumbers();
      expect([...open].sort()).toEqual(Array.from({ length: claimsOfFile }, (_, index) => `C${index}`).sort());
    } finally {
      await second.end();
    }
  }, startMs);
});
