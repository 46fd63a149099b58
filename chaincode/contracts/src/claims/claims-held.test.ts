import type { AdjudicateClaims, ClaimFile, OpenClaim } from '@medaccord/domain';
import type { Party } from '../testing/contract-network.js';
import { refusalOf } from '../testing/contract-network.js';
import { inRole } from '../testing/founded-registry.js';
import { ClaimsTown, SERVICE_DAY } from './testing/claims-town.js';
import { claim, service } from './testing/terms.js';

const UNKNOWN = 'credential/v1 credential-unknown';
const SYSTEM = { id: 'gateway', role: 'service' };
/** Nobody has told of a licence of theirs. */
const [STRANGER, NEIGHBOUR] = ['1679576722', '1003357849'] as const;

describe('what an insurer’s system may decide by itself', () => {
  let town: ClaimsTown;
  let system: Party;
  let terms: { readonly planId: string; readonly feeScheduleId: string };

  beforeAll(async () => {
    town = await ClaimsTown.start();
    system = await inRole(town.network, 'insurer', 'service');
    terms = await town.insure();
  }, 120_000);

  afterAll(async () => {
    await town.stop();
  });

  const file = (claimId: string): Promise<ClaimFile> => town.read<ClaimFile>('claims-examiner', 'readClaim', claimId);
  /** A claim that is held for the registry's answer, and the command that would decide it. */
  async function held(member: string, npi: string): Promise<{ readonly claimId: string; readonly command: AdjudicateClaims; readonly open: OpenClaim }> {
    const content = { ...claim(member, service(SERVICE_DAY)), rendering: { entity: 'person' as const, npi } };
    const insured = await town.enrol(content, terms.planId);
    const [claimId = ''] = await town.submit(content);
    const command = await town.adjudication([claimId], { ...terms, ...insured });
    expect((await town.apply('claims-examiner', command)).body.items).toMatchObject([{ outcome: 'PENDED', reasons: [UNKNOWN] }]);
    const { open } = await file(claimId);
    if (open === null) throw new Error('the claim does not wait');

    return { claimId, command, open };
  }

  const bySystem = (command: AdjudicateClaims, changes: Partial<AdjudicateClaims['items'][number]>): AdjudicateClaims => ({ ...command, items: command.items.map((item) => ({ ...item, ...changes })) });
  const refusal = async (command: AdjudicateClaims): Promise<string> => (await refusalOf(town.send('claims-examiner', town.command('claims-examiner', command, { actor: SYSTEM }), { by: system }))).code;

  test('is a claim that waits exactly so at both parties; once decided it waits no longer', async () => {
    const { claimId, command, open } = await held('H-1', STRANGER);
    const honest = bySystem(command, { held: open });
    expect(await refusal(command)).toBe('FORBIDDEN_ROLE');
    expect(await refusal(bySystem(command, { held: { ...open, since: '2020-01-01T00:00:00.000Z' } }))).toBe('STALE_VERSION');
    await town.license(STRANGER, { jurisdiction: 'CA', board: 'ca-medical', type: 'MD', number: 'H1' });
    const applied = await town.apply('claims-examiner', honest, { actor: SYSTEM, by: system });
    expect(applied.body.items).toMatchObject([{ outcome: 'ADJUDICATED', decision: 'ZERO_PAY' }]);
    expect(await file(claimId)).toMatchObject({ open: null, adjudication: { recorded: { by: { actorId: 'gateway', role: 'service' } }, body: { bySystem: { heldFor: [UNKNOWN], heldSince: open.since } } } });
    expect(await refusal(honest)).toBe('STALE_VERSION'); // the totals that it rests on have moved too
  });

  test('is no claim that lost its reason on the way to the ledger, nor one that a person took up', async () => {
    const { claimId, command, open } = await held('H-2', NEIGHBOUR);
    const { claim: document } = await file(claimId);
    expect(await refusal(bySystem(command, { held: { ...open, state: 'SUBMITTED', reasons: [] } }))).toBe('STALE_VERSION');
    await town.apply('claims-examiner', { verb: 'requestInformation', claim: document, of: 'provider', codes: ['M127'], dueOn: '2030-01-31' });
    expect(await refusal(bySystem(command, { held: open }))).toBe('PEND_NOT_OPEN');
  });
});
