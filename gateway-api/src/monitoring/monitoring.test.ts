import { createHmac } from 'node:crypto';
import { addDays } from '@medaccord/domain';
import { rawRow } from '../exclusions/testing/leie-files.js';
import { done } from '../testing/founding.js';
import { StewardWorld } from '../exclusions/testing/steward-world.js';
import type { TestAnswer } from '../testing/test-gateway.js';
import { until } from '../testing/until.js';
import type { NoticeDetail, NoticeKind } from './notice.js';
import { Receiver } from './testing/receiver.js';

interface FeedNotice {
  readonly id: string;
  readonly position: number;
  readonly kind: NoticeKind;
  readonly npi: string;
  readonly detail: NoticeDetail;
  readonly delivery: string;
  readonly lastOutcome: string | null;
}

const [suspended, expiring, doubted, later, abroad] = ['1234567893', '1003357849', '1679576722', '1679576730', '1992704035'];
const validThru = addDays(new Date().toISOString().slice(0, 10), 30);
const id = (number: string): string => `CA~ca-medical~MD~${number}`;

describe('monitoring', () => {
  let world: StewardWorld;
  let receiver: Receiver;
  let puller = '';
  let pushed = '';
  let secret = '';

  beforeAll(async () => {
    world = await StewardWorld.start({ MEDACCORD_WEBHOOK_ATTEMPTS: '2' });
    receiver = await Receiver.start();
    await world.license([{ npi: suspended, number: 'A1' }, { npi: expiring, number: 'A2', validThru }, { npi: doubted, number: 'A3' }]);
  }, 240_000);
  afterAll(async () => {
    await world.stop();
    await receiver.close();
  }, 60_000);

  const write = async (path: string, body: unknown, role = 'credentialing'): Promise<TestAnswer> => world.hospital.write(`/v1/monitoring/subscribers${path}`, role, body);
  const feed = async (subscriber: string, query = '?after=0'): Promise<readonly FeedNotice[]> => ((await done(world.hospital.read(`/v1/monitoring/subscribers/${subscriber}/notices${query}`, 'credentialing'))).json as { items: FeedNotice[] }).items;
  const news = async (subscriber = puller): Promise<readonly unknown[]> => (await feed(subscriber)).map(({ kind, npi, detail }) => [kind, npi, detail]);
  /** The subscriber's newest notice, once there are that many. */
  const numbered = async (count: number, subscriber = puller): Promise<unknown> => until(async () => { const all = await news(subscriber); return all.length >= count ? all[count - 1] : undefined; });

  test('subscribes to clinicians; what stands now is known, a step of the expiry ladder is told', async () => {
    puller = String((await done(write('', { name: 'credentialing system' }))).json['id']);
    const entered = (await done(write('', { name: 'roster', webhookUrl: receiver.url }))).json;
    [pushed, secret] = [String(entered['id']), String(entered['webhookSecret'])];
    for (const subscriber of [puller, pushed]) expect((await done(write(`/${subscriber}/clinicians`, { npis: [suspended, expiring, doubted, later] }))).json).toEqual({ count: 4 });

    expect(await news()).toEqual([['LICENCE_EXPIRES', expiring, { licence: id('A2'), validThru, days: 30 }]]);
    await done(write(`/${puller}/clinicians`, { npis: [expiring] })); // again: told once
    expect(await news()).toHaveLength(1);
  });

  test('tells every change on the ledger once: a suspension, a link in doubt, a clinician who comes', async () => {
    await world.suspend('A1');
    expect(await numbered(2)).toEqual(['STANDING_CHANGED', suspended, { licence: id('A1'), event: 2, authority: 'NONE' }]);
    await done(world.board.write('/v1/provider-licence-links', 'registrar', { items: [{ type: 'DISPUTE', npi: doubted, licence: { jurisdiction: 'CA', board: 'ca-medical', type: 'MD', number: 'A3' } }] }));
    expect(await numbered(3)).toEqual(['STANDING_CHANGED', doubted, { licence: id('A3'), linkEvent: 2, authority: 'UNKNOWN' }]);
    await world.license([{ npi: later, number: 'A4' }]);
    expect(await numbered(4)).toEqual(['STANDING_CHANGED', later, { licence: id('A4'), linkEvent: 1, authority: 'FULL' }]);
  });

  test('tells a possible exclusion, and that it was confirmed, but not the reason', async () => {
    await world.publish('2022-07', 'full', [rawRow({ LASTNAME: 'OTHER', FIRSTNAME: 'NAME', NPI: suspended, EXCLDATE: '20220720' })]);
    await done(world.hospital.write('/v1/screening/clinicians', 'credentialing', { items: [{ npi: suspended, familyNames: ['Byron'], givenName: 'Ada', states: ['CA'], zips: [] }] }));
    await done(world.hospital.write('/v1/screening/runs', 'credentialing', { source: 'LEIE' }));
    const potential = (await numbered(5)) as [string, string, { matchId: string }];
    expect(potential).toEqual(['EXCLUSION_POTENTIAL', suspended, { matchId: expect.any(String) as string, version: 1 }]);
    await done(world.hospital.write(`/v1/exclusion-matches/${potential[2].matchId}/steps`, 'credentialing', { verb: 'decideExclusionMatch', state: 'CONFIRMED', reason: 'SECRET REASON' }));
    expect(await numbered(6)).toEqual(['EXCLUSION_CONFIRMED', suspended, { matchId: potential[2].matchId, version: 2 }]);
  });

  test('sends each to the webhook, signed, naming nobody and no reason', async () => {
    await until(async () => (receiver.received.length >= 6 && (await feed(pushed)).every(({ delivery }) => delivery === 'DELIVERED') ? true : undefined));
    const notices = await feed(pushed);

    expect([...receiver.ids].sort()).toEqual(notices.map((notice) => notice.id).sort());
    for (const { headers, body } of receiver.received) {
      const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
      expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', Buffer.from(secret.replace('whsec_', ''), 'base64')).update(signed).digest('base64')}`);
      expect(Object.keys(JSON.parse(body) as object).sort()).toEqual(['createdAt', 'href', 'id', 'kind', 'position', 'schema']);
      for (const hidden of [suspended, expiring, 'A1', 'SECRET REASON', 'NEGLIGENCE']) expect(body).not.toContain(hidden);
    }
    const { href, id: noticeId } = JSON.parse(receiver.received[0]?.body ?? '') as { href: string; id: string };
    expect((await world.hospital.read(href, 'credentialing')).json).toMatchObject({ items: [{ id: noticeId }] });
  });

  test('gives both subscribers the same ids', async () => {
    expect((await feed(pushed)).map((notice) => notice.id).sort()).toEqual((await feed(puller)).map((notice) => notice.id).sort());
  });

  test('keeps a cursor per subscriber', async () => {
    const all = await feed(puller);
    const [second] = all.slice(1);
    expect((await feed(puller, '?after=0&limit=2')).map((notice) => notice.id)).toEqual(all.slice(0, 2).map((notice) => notice.id));
    expect((await done(write(`/${puller}/acknowledgements`, { position: second?.position }))).json['cursor']).toBe(second?.position);
    expect((await feed(puller, '')).map((notice) => notice.id)).toEqual(all.slice(2).map((notice) => notice.id));
    await done(write(`/${puller}/acknowledgements`, { position: 0 })); // never back
    expect(await feed(puller, '')).toHaveLength(4);
    expect(await feed(pushed, '')).toHaveLength(6);
  });

  test('shows what could not be sent, and sends it again with the same id', async () => {
    receiver.status = 503;
    await world.suspend('A2');
    const dead = await until(async () => ((await done(world.hospital.read(`/v1/monitoring/subscribers/${pushed}/dead-letters`, 'credentialing'))).json as { items: FeedNotice[] }).items[0]);
    expect(dead).toMatchObject({ kind: 'STANDING_CHANGED', npi: expiring, delivery: 'DEAD', attempts: 2, lastOutcome: '503' });

    receiver.status = 204;
    expect((await done(write(`/${pushed}/replays`, { noticeIds: [dead.id] }))).json).toEqual({ count: 1 });
    await until(async () => ((await feed(pushed)).find((notice) => notice.id === dead.id)?.delivery === 'DELIVERED' ? true : undefined));
    expect(receiver.ids.filter((one) => one === dead.id)).toHaveLength(3); // two tries and the replay

    const before = receiver.received.length;
    expect((await done(write(`/${pushed}/replays`, { after: 0 }))).json).toEqual({ count: 7 });
    await until(() => Promise.resolve(receiver.received.length >= before + 7 ? true : undefined));
    expect(new Set(receiver.ids).size).toBe(7);
  });

  test('tells nothing of clinicians whose subscription has ended, and no secret twice', async () => {
    await done(write(`/${pushed}/clinicians/removals`, { npis: [later] }));
    await world.suspend('A4');
    await numbered(8);
    expect(await feed(pushed)).toHaveLength(7);
    expect((await world.hospital.read('/v1/monitoring/subscribers', 'credentialing')).text).not.toContain('whsec_');
    const moved = (await done(write(`/${pushed}/webhook`, { webhookUrl: receiver.url }))).json['webhookSecret'];
    expect(moved).not.toBe(secret);
    expect((await done(write(`/${pushed}/webhook`, { webhookUrl: null }))).json).toMatchObject({ webhookUrl: null });
    expect((await write(`/${pushed}/replays`, { after: 0 })).json['code']).toBe('WEBHOOK_MISSING');
    await done(write(`/${pushed}/removal`, undefined));
    expect((await write(`/${pushed}/removal`, undefined)).json['code']).toBe('SUBSCRIBER_NOT_FOUND');
  });

  test('tells what another state’s board does where a compact makes it count for the clinician’s licence', async () => {
    const nevada = { jurisdiction: 'NV', board: 'nv-medical', type: 'MD', number: 'B1' };
    const joined = { expectedSequence: 1, steps: [{ kind: 'INITIAL', action: { type: 'DESIGNATE_PRINCIPAL', effectiveFrom: '2020-01-01', rule: 'imlc/1', principal: nevada } }] };
    await world.license([{ npi: abroad, number: 'A5' }]);
    await done(world.board.write('/v1/licences', 'registrar', { items: [{ licence: nevada, effectiveFrom: '2010-01-01', status: 'ACTIVE' }] }));
    const [watcher, before] = [String((await done(write('', { name: 'medical staff office' }))).json['id']), { licence: id('A5'), related: 'NV~nv-medical~MD~B1' }];
    await done(write(`/${watcher}/clinicians`, { npis: [abroad] }));
    await done(world.board.write('/v1/licences/CA/ca-medical/MD/A5/orders', 'registrar', joined));
    await numbered(2, watcher);
    const order = { type: 'SUSPEND', effectiveFrom: '2026-01-01', summary: false, automaticReinstatement: false, basisCodes: ['NEGLIGENCE'] };
    await done(world.board.write('/v1/licences/NV/nv-medical/MD/B1/orders', 'disciplinary-officer', { expectedSequence: 1, steps: [{ kind: 'INITIAL', action: order }] }));
    await numbered(3, watcher);
    expect(await news(watcher)).toEqual([
      ['STANDING_CHANGED', abroad, { licence: id('A5'), event: 2, authority: 'FULL' }],
      ['STANDING_CHANGED', abroad, { ...before, event: 1, authority: 'FULL' }],
      ['STANDING_CHANGED', abroad, { ...before, event: 2, authority: 'NONE' }],
    ]);
  });

  test('tells that two numbers are one person’s under both, and then each licence of the person', async () => {
    const fact = { type: 'SAME_PERSON', npi: expiring, other: later };
    const before = (await news()).length;
    await done(world.hospital.write('/v1/provider-identities', 'credentialing', { items: [{ type: 'PROPOSE', fact, evidenceHash: 'e'.repeat(64) }] }));
    await done(world.board.write('/v1/provider-identities', 'registrar', { items: [{ type: 'CONFIRM', fact }] }));
    await numbered(before + 6);
    const told = (await news()).slice(before);
    for (const npi of [expiring, later]) for (const identityEvent of [1, 2]) expect(told).toContainEqual(['IDENTITY_CHANGED', npi, { identityEvent }]);
    expect(told).toContainEqual(['STANDING_CHANGED', expiring, { licence: id('A4'), linkEvent: 1, authority: 'NONE' }]);
    expect(told).toContainEqual(['STANDING_CHANGED', later, { licence: id('A2'), linkEvent: 1, authority: 'NONE' }]);
  });

  test.each<readonly [string, string, unknown, number, string]>([
    ['a webhook in the clear', '', { name: 'x', webhookUrl: 'http://example.org/' }, 400, 'INVALID_INPUT'],
    ['a webhook with a password', '', { name: 'x', webhookUrl: 'https://me:pw@example.org/' }, 400, 'INVALID_INPUT'],
    ['no name', '', { name: '' }, 400, 'INVALID_INPUT'],
    ['a subscriber that is none', `/${'ab'.repeat(16)}/clinicians`, { npis: [suspended] }, 404, 'SUBSCRIBER_NOT_FOUND'],
    ['no NPI', `/${'ab'.repeat(16)}/clinicians`, { npis: ['1'] }, 400, 'INVALID_INPUT'],
    ['a replay of everything and nothing', `/${'ab'.repeat(16)}/replays`, {}, 400, 'INVALID_INPUT'],
  ])('refuses %s', async (_, path, body, status, code) => {
    const refused = await write(path, body);
    expect([refused.status, refused.json['code']]).toEqual([status, code]);
  });
});
