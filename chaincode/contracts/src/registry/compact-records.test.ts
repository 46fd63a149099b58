import { issueLicences, recordBoardOrder } from '@medaccord/domain';
import type { LicenceChange, LicenceKey, Member, ProviderLinks, RegistryExecution } from '@medaccord/domain';
import { PublicStore } from '../platform/public-store.js';
import { sha256 } from '../platform/sha256.js';
import { saveGroups } from './compact-records.js';
import { saveLicences } from './licence-records.js';
import { answerStandings } from './provider-records.js';
import { providerLinks, providerLinksKey } from './records.js';
import type { RegistryContext } from './registry-context.js';

const unit = (jurisdiction: string): Member['units'][number] => ({ id: `${jurisdiction.toLowerCase()}-medical`, name: '', status: 'OPEN', kind: 'board', jurisdiction, licenceTypes: ['MD'], timeZone: 'America/Los_Angeles' });
const board: Member = { schema: 'member/v1', mspId: 'BoardMSP', name: '', kind: 'licensing-board', status: 'ACTIVE', units: [unit('CA'), unit('NV')], version: 1, registeredAt: '', changedAt: '' };
const execution: RegistryExecution = { actor: { member: board, role: 'registrar', subject: '' }, now: '2026-03-10T12:00:00.000Z', txId: '', sha256 };
const actionId = 'a'.repeat(32);

/** A peer that counts its messages. */
class CountingPeer {
  readonly #state = new Map<string, Uint8Array>();
  messages = 0;

  createCompositeKey(type: string, parts: readonly string[]): string {
    return [type, ...parts].join('~');
  }

  putState(key: string, value: Uint8Array): Promise<void> {
    this.#state.set(key, value);
    return Promise.resolve();
  }

  setStateValidationParameter(): Promise<void> {
    return Promise.resolve();
  }

  readStates(_: string, keys: readonly string[]): Promise<readonly Uint8Array[]> {
    this.messages += 1;
    return Promise.resolve(keys.map((key) => this.#state.get(key) ?? new Uint8Array()));
  }
}

const transactionOf = (peer: CountingPeer): RegistryContext => ({ store: new PublicStore(peer as never) }) as unknown as RegistryContext;
const key = (jurisdiction: string, number: number): LicenceKey => ({ jurisdiction, board: `${jurisdiction.toLowerCase()}-medical`, type: 'MD', number: String(number) });
const npiOf = (number: number): string => String(1_000_000_000 + number);

/** The licence, issued and, with a principal one, brought into a compact. */
function licenceOf(licence: LicenceKey, principal?: LicenceKey): readonly LicenceChange[] {
  const { changes } = issueLicences([{ actionId, licence, effectiveFrom: '2020-01-01', status: 'ACTIVE' }], new Map(), execution);
  const [issued] = changes;
  if (issued === undefined || principal === undefined) return changes;
  const order = { actionId, licence, expectedSequence: 1, steps: [{ kind: 'INITIAL', action: { type: 'DESIGNATE_PRINCIPAL', effectiveFrom: '2021-01-01', rule: 'imlc/1', principal } }] } as const;
  const result = recordBoardOrder(issued.state, { signed: { order, signatures: [] }, following: [], channel: '', officers: new Map(), verify: () => false }, execution);
  return result.outcome === 'RECORDED' ? [{ state: result.change.state, events: [...issued.events, ...result.change.events] }] : [];
}

/** How many messages an answer about so many clinicians takes, each with a licence in California and one in Nevada. */
async function messagesFor(clinicians: number, isCompact: boolean): Promise<number> {
  const peer = new CountingPeer();
  const writing = transactionOf(peer);
  const numbers = Array.from({ length: clinicians }, (_, index) => index);
  const changes = numbers.flatMap((number) => ['CA', 'NV'].flatMap((jurisdiction) => licenceOf(key(jurisdiction, number), isCompact ? key('CA', number) : undefined)));
  await saveLicences(writing, changes);
  await saveGroups(writing, changes);
  for (const number of numbers) await writing.store.put<ProviderLinks>(providerLinks, providerLinksKey(npiOf(number), 'NV'), linkTo(npiOf(number), key('NV', number)));
  peer.messages = 0;
  const answers = await answerStandings(transactionOf(peer), numbers.map((number) => ({ npi: npiOf(number), jurisdiction: 'NV', from: '2026-03-01', thru: '2026-03-01' })));
  expect(answers.map(({ licences }) => licences[0]?.related?.length)).toEqual(numbers.map(() => (isCompact ? 1 : undefined)));
  return peer.messages;
}

function linkTo(npi: string, licence: LicenceKey): ProviderLinks {
  return { schema: 'provider-links/v1', npi, jurisdiction: licence.jurisdiction, links: [{ licence, events: [{ sequence: 1, type: 'ASSERT', mspId: 'BoardMSP', byBoard: true, recordedAt: '', subject: '', txId: '' }] }] };
}

test('related licences cost two messages more, however many clinicians are asked about, and none where there is no compact', async () => {
  expect([await messagesFor(1, false), await messagesFor(50, false)]).toEqual([3, 3]);
  expect([await messagesFor(1, true), await messagesFor(50, true)]).toEqual([5, 5]);
});
