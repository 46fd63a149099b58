import type { Standing } from '@medaccord/domain';
import { newActionId } from '../testing/board-desk.js';
import type { ContractNetwork, Party } from '../testing/contract-network.js';
import { refusalOf } from '../testing/contract-network.js';
import { inRole, startFoundedNetwork } from '../testing/founded-registry.js';

const licence = { jurisdiction: 'CA', board: 'ca-medical', type: 'MD', number: 'S1' };
const day = 86_400_000;

describe('a board that reports', () => {
  let network: ContractNetwork;
  let registrar: Party;
  let hospital: Party;
  const today = new Date().toISOString().slice(0, 10);

  const report = (daysAgo: number, board = 'ca-medical', by = registrar): ReturnType<Party['submit']> => by.submit('registry', 'reportSource', { board, through: new Date(Date.now() - daysAgo * day).toISOString() });
  const answer = async (): Promise<unknown> => {
    const { authority, source } = (await hospital.evaluate('registry', 'standing', { licence, asOf: today })) as Standing;
    return [authority, source?.state];
  };

  beforeAll(async () => {
    network = await startFoundedNetwork(['registry']);
    registrar = await inRole(network, 'board', 'registrar');
    hospital = await inRole(network, 'hospital', 'credentialing');
    await registrar.submit('registry', 'issueLicences', { items: [{ actionId: newActionId(), licence, effectiveFrom: '2020-01-01', status: 'ACTIVE' }] });
    await (await inRole(network, 'office', 'service')).submit('registry', 'advanceClock', { time: new Date().toISOString() });
  }, 120_000);

  afterAll(async () => {
    await network.stop();
  });

  test('is stale after two days, silent after seven, and believed again once it speaks', async () => {
    expect(await answer()).toEqual(['FULL', undefined]);
    await report(8);
    expect(await answer()).toEqual(['UNKNOWN', 'SILENT']);
    await report(3);
    expect(await answer()).toEqual(['FULL', 'STALE']);
    await report(1);
    expect(await answer()).toEqual(['FULL', 'CURRENT']);
  });

  test('speaks for its own boards alone, and not of the future', async () => {
    const code = async (call: Promise<unknown>): Promise<string> => (await refusalOf(call)).code;
    expect(await code(report(0, 'wa-medical'))).toBe('FORBIDDEN_ORGANISATION');
    expect(await code(report(0, 'ca-medical', await inRole(network, 'otherBoard', 'registrar')))).toBe('FORBIDDEN_ORGANISATION');
    expect(await code(report(0, 'ca-medical', await inRole(network, 'board', 'registrar', 'ca-nursing')))).toBe('FORBIDDEN_UNIT');
    expect(await code(report(0, 'ca-medical', hospital))).toBe('FORBIDDEN_ORGANISATION');
    expect(await code(report(-1))).toBe('SOURCE_REPORT_OUT_OF_BOUNDS');
    expect(await code(report(5))).toBe('SOURCE_REPORT_OUT_OF_BOUNDS');
  });
});
