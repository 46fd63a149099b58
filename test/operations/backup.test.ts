import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COPIED_KINDS, type DocumentCopy, documentKey } from '@medaccord/domain';
import { backUp, type MissingPrivateData, missingPrivateData, restore, type RestoreReport } from '@medaccord/network/fabric';
import { fabricWanted } from '@medaccord/network/fabric/testing';
import type { ToldClaim } from '../faults/fabric/claim-load.js';
import { FaultNetwork } from '../faults/fabric/fault-network.js';
import { InsuredFamilies } from '../faults/fabric/insured-families.js';
import { documentsAt } from '../faults/fabric/peer-copies.js';

const HOSPITAL = 'HospitalMSP';
/** Claims between the backup and the loss. */
const MORE = 100;
const PER_REQUEST = 25;

const onFabric = (await fabricWanted('a hospital loses its disks')) === undefined ? describe.skip : describe;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

onFabric('a hospital loses its disks', () => {
  let network: FaultNetwork;
  let folder: string;
  let claims: readonly ToldClaim[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'medaccord-backup-story-'));
    network = await FaultNetwork.start(() => undefined);
    const families = await InsuredFamilies.found(network.people);
    await families.insure(MORE + PER_REQUEST);
    const each = families.claims();
    const before = await decide(each, PER_REQUEST);
    await backUp(network.fabric, HOSPITAL, join(folder, 'backup'));
    claims = [...before, ...(await decide(each, MORE))];
  }, 600_000);

  afterAll(async () => {
    await network.stop();
    await rm(folder, { recursive: true, force: true });
  }, 120_000);

  /** Submits and adjudicates so many claims. */
  async function decide(each: ReturnType<InsuredFamilies['claims']>, count: number): Promise<readonly ToldClaim[]> {
    const told: ToldClaim[] = [];
    while (told.length < count) {
      const contents = Array.from({ length: PER_REQUEST }, () => each.next().value).filter((claim) => claim !== undefined);
      const submitted = await network.people.biller.post<{ readonly claims: readonly { readonly claimId: string }[] }>('/v1/claims', { insurerMsp: 'InsurerMSP', claims: contents });
      await network.people.examiner.post('/v1/adjudications', { claims: submitted.claims.map(({ claimId }) => ({ claimId })) });
      told.push(...submitted.claims.map(({ claimId }, index) => ({ claimId, patientControlNumber: contents[index]?.patientControlNumber ?? '', adjudicated: true })));
    }
    return told;
  }

  /** Of the claims' joint documents, those that one of the hospital's peers does not hold. */
  async function lost(): Promise<readonly string[]> {
    const keys = claims.flatMap(({ claimId: id }) => (['claim', 'adjudication', 'eob'] as const).map((kind) => documentKey({ kind, id, version: 1 })));
    const held = await Promise.all(network.peersOf(HOSPITAL).map(async (peer) => documentsAt(network.fabric, peer, keys)));
    return keys.filter((_, index) => held.some((documents) => documents[index] === ''));
  }

  async function destroy(ids: readonly string[]): Promise<void> {
    await network.fabric.nodes.kill(ids);
    for (const data of ids.map((id) => network.fabric.directory.nodeData(id))) {
      // Not the folder itself: a disk may be mounted there.
      for (const name of await readdir(data)) await rm(join(data, name), { recursive: true, force: true });
    }
  }

  /** Everything that the insurer holds together with the hospital. */
  async function insurersCopies(): Promise<readonly DocumentCopy[]> {
    const copies: DocumentCopy[] = [];
    for (const kind of COPIED_KINDS) {
      for (let after: string | undefined = ''; after !== undefined; ) {
        const page: { readonly items: readonly DocumentCopy[]; readonly next?: string } = await network.people.examiner.get(`/v1/copies?kind=${kind}&counterparty=${HOSPITAL}${after === '' ? '' : `&after=${after}`}`);
        copies.push(...page.items);
        after = page.next;
      }
    }
    return copies;
  }

  test('one peer’s disk, a hundred claims after the backup: nothing is missing', async () => {
    const peer = network.peer(HOSPITAL, 0);
    await destroy([peer.id]);
    const report = await restore(network.fabric, HOSPITAL, join(folder, 'backup'), [peer.id]);
    expect(report.missing).toEqual([]);
    expect(await lost()).toEqual([]);
  }, 300_000);

  test('all disks: joint documents return from the insurer, each checked against its hash, and what cannot return is listed', async () => {
    const nodes = [...network.fabric.topology.orderers, ...network.fabric.topology.peers].filter(({ organisation }) => organisation === 'hospital');
    await destroy(nodes.map(({ id }) => id));
    const report: RestoreReport = await restore(network.fabric, HOSPITAL, join(folder, 'backup'));
    const gone = await lost();
    expect(gone).toHaveLength(3 * MORE);
    expect(report.missing.length).toBeGreaterThanOrEqual(gone.length);

    const wanted = new Map(report.missing.map((missing) => [missing.keyHash, missing]));
    const copies = (await insurersCopies()).filter(({ key }) => wanted.has(sha256(key)));
    // The ledger's own record of the hospital's copy, and not the insurer's word, says that a copy is the right one.
    expect(copies.filter(({ key, bytes }) => sha256(bytes) !== wanted.get(sha256(key))?.valueHash)).toEqual([]);
    for (let from = 0; from < copies.length; from += 200) {
      const healed = await network.people.biller.post<{ readonly items: readonly { readonly outcome: string }[] }>('/v1/copies/heal', { items: copies.slice(from, from + 200) });
      expect(healed.items.every(({ outcome }) => outcome === 'HEALED' || outcome === 'HELD')).toBe(true);
    }
    expect(await lost()).toEqual([]);

    const left: readonly MissingPrivateData[] = await missingPrivateData(network.peer(HOSPITAL, 0), network.fabric.topology, network.fabric.identities);
    const returned = new Set(copies.map(({ key }) => sha256(key)));
    process.stderr.write(`all disks lost: ${report.missing.length} private values missing, ${returned.size} returned from the insurer, ${left.length} cannot return\n`);
    expect(left.every(({ keyHash }) => !returned.has(keyHash))).toBe(true);
  }, 600_000);
});
