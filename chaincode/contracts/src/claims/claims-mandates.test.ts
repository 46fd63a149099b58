import type { ClaimFile, CommandBody, MandateBody, MandateDocument } from '@medaccord/domain';
import { refusalOf } from '../testing/contract-network.js';
import { ClaimsTown, HOSPITAL, SERVICE_DAY } from './testing/claims-town.js';
import type { Envelope } from './testing/claims-town.js';
import { claim, service } from './testing/terms.js';

describe('an agent of a party', () => {
  let town: ClaimsTown;

  beforeAll(async () => {
    town = await ClaimsTown.start();
  }, 120_000);

  afterAll(async () => {
    await town.stop();
  });

  const refusal = async (body: CommandBody, envelope: Envelope): Promise<string> => (await refusalOf(town.send('biller', town.command('biller', body, envelope), envelope))).code;

  test('acts by the newest mandate, and both are named', async () => {
    const [id, claimId] = [town.newId(), town.newId()];
    const body: MandateBody = { agent: { name: 'Billing Service' }, people: ['bea'], functions: ['submitClaims'], units: [], from: '2020-01-01', revoked: false };
    await town.apply('biller', { verb: 'recordMandates', items: [{ id, version: 1, body }] });
    const mandate = await town.read<MandateDocument>('biller', 'readNewest', 'mandate', id);
    const actor = { id: 'bea', role: 'biller' };
    const submission: CommandBody = { verb: 'submitClaims', items: [{ claimId, claim: claim('G-1', service(SERVICE_DAY)) }] };
    expect(await refusal(submission, { mandate })).toBe('MANDATE_DOES_NOT_COVER');
    expect(await refusal(submission, { actor, mandate: { ...mandate, body: { ...body, agent: { name: 'Somebody else' } } } })).toBe('DOCUMENT_MISMATCH');
    expect(await refusal({ verb: 'recordMandates', items: [{ id, version: 2, body }] }, { actor, mandate })).toBe('MANDATE_DOES_NOT_COVER');
    await town.apply('biller', submission, { actor, mandate });
    const { claim: document } = await town.read<ClaimFile>('claims-examiner', 'readClaim', claimId);
    expect(document.recorded.by).toMatchObject({ mspId: HOSPITAL, actorId: 'bea', agent: 'Billing Service', mandate: `mandate~${id}~1` });
    await town.apply('biller', { verb: 'recordMandates', items: [{ id, version: 2, body: { ...body, revoked: true } }] });
    const next: CommandBody = { verb: 'submitClaims', items: [{ claimId: town.newId(), claim: claim('G-1', service(SERVICE_DAY)) }] };
    expect(await refusal(next, { actor, mandate })).toBe('STALE_VERSION');
    expect(await refusal(next, { actor, mandate: await town.read<MandateDocument>('biller', 'readNewest', 'mandate', id) })).toBe('MANDATE_DOES_NOT_COVER');
  });
});
