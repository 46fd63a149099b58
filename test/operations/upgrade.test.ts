import { join } from 'node:path';
import type { ClaimFile } from '@medaccord/domain';
import { chaincodeProgram, consortiumFile, withBuiltVersions } from '@medaccord/network/cli';
import { loadConsortium } from '@medaccord/network/configuration';
import { fabricWanted } from '@medaccord/network/fabric/testing';
import { recompute } from '../demo/time-story.js';
import { FaultNetwork } from '../faults/fabric/fault-network.js';
import { InsuredFamilies } from '../faults/fabric/insured-families.js';
import { playRound, type Row } from '../faults/fabric/round.js';
import { UPGRADED_RULE_SET, upgradedChaincode } from '../upgrade/upgraded-chaincode.js';

const onFabric = (await fabricWanted('a chaincode upgrade under load')) === undefined ? describe.skip : describe;

onFabric('a chaincode upgrade under load', () => {
  let network: FaultNetwork;
  let row: Row;

  beforeAll(async () => {
    network = await FaultNetwork.start(() => undefined);
    const script = await upgradedChaincode(join(network.directory, 'upgraded'));
    const { chaincodes } = await withBuiltVersions(await loadConsortium(consortiumFile), chaincodeProgram(script));
    const families = await InsuredFamilies.found(network.people);
    row = await playRound(network, families, {
      id: 'upgrade',
      title: 'Both chaincodes are put in force in a later release',
      strike: async ({ struck, served }) => {
        struck();
        network.chaincodes.release(script);
        for (const chaincode of chaincodes) await network.fabric.updateDefinition(chaincode);
        await served(12);
      },
    });
    process.stderr.write(`upgrade under load: ${(row.secondsWithoutService ?? 0).toFixed(1)} s at most between two acknowledgements, ${row.findings?.told ?? 0} claims; ${JSON.stringify({ ...row.answers, reasons: [...(row.answers?.reasons ?? [])] })}\n`);
  }, 600_000);

  afterAll(async () => {
    await network.stop();
  }, 120_000);

  test('every claim that somebody was told of is there once, at both parties alike, and every gateway answered honestly', () => {
    expect(row.failure).toBeUndefined();
    expect(row.findings).toMatchObject({ lost: [], doubled: [], different: [] });
    expect(row.answers?.dishonest).toEqual([]);
  });

  test('nobody was without service: no request failed', () => {
    expect(row.answers).toMatchObject({ silent: 0, unavailable: 0 });
  });

  test('claims were decided by the old rules and then by the new ones, and all of them can still be computed again', async () => {
    const { items } = await network.people.denials.get<{ readonly items: readonly { readonly key: string }[] }>('/v1/recomputations?limit=1000');
    const rules = new Set<string | undefined>();
    for (const { key } of items) rules.add((await network.people.denials.get<ClaimFile>(`/v1/claims/${key.split('~')[1] ?? ''}`)).adjudication?.body.ruleSet);
    expect(rules.size).toBe(2);
    expect(rules).toContain(UPGRADED_RULE_SET);
    const { decisions, sameBytes } = await recompute(network.people);
    expect(sameBytes).toBe(decisions);
  }, 120_000);
});
