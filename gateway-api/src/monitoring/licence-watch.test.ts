import { addDays } from '@medaccord/domain';
import type { Lifecycle, LinkEvent, PlainDate, PracticeAuthority, ProviderIdentity, ProviderLinks, ProviderStanding } from '@medaccord/domain';
import { newsOf, seenIdentity, seenLicences, toldNow } from './licence-watch.js';
import type { SeenLicence } from './licence-watch.js';

const npi = '1234567893';
const licence = { jurisdiction: 'CA', board: 'ca-medical', type: 'MD', number: 'A1' };
const id = 'CA~ca-medical~MD~A1';
const today = '2026-03-02';
const seen = (changes: Partial<SeenLicence> = {}): SeenLicence => ({ licenceId: id, knownAt: 1, linkKnownAt: 1, authority: 'FULL', related: {}, ...changes });
const told = toldNow(seen());
const details = (of: SeenLicence, before = told): readonly object[] => newsOf(of, before, today).map(({ detail }) => detail);

describe('a licence', () => {
  test('that is as it was told gives nothing', () => {
    expect(newsOf(seen(), told, today)).toEqual([]);
  });

  test('tells each event once, with ids that follow from the ledger alone', () => {
    const news = newsOf(seen({ knownAt: 3, authority: 'NONE' }), told, today);
    expect(news.map(({ kind, key, detail }) => [kind, key, detail])).toEqual([
      ['STANDING_CHANGED', ['event', '2'], { licence: id, event: 2, authority: 'NONE' }], ['STANDING_CHANGED', ['event', '3'], { licence: id, event: 3, authority: 'NONE' }],
    ]);
    expect(newsOf(seen({ knownAt: 3, authority: 'NONE' }), toldNow(seen({ knownAt: 3, authority: 'NONE' }), told), today)).toEqual([]);
  });

  test('tells a change by the calendar alone: a suspension that begins, a term that ends', () => {
    expect(details(seen({ authority: 'NONE' }))).toEqual([{ licence: id, day: today, authority: 'NONE' }]);
  });

  test('tells a link that came, and one that was disputed; its events wait until it is confirmed again', () => {
    expect(newsOf(seen(), undefined, today).map(({ detail }) => detail)).toEqual([{ licence: id, linkEvent: 1, authority: 'FULL' }]);
    const disputed = seen({ knownAt: 0, linkKnownAt: 2, authority: 'UNKNOWN' });
    expect(details(disputed)).toEqual([{ licence: id, linkEvent: 2, authority: 'UNKNOWN' }]);
    const restored = seen({ knownAt: 2, linkKnownAt: 3, authority: 'NONE' });
    expect(details(restored, toldNow(disputed, told))).toEqual([{ licence: id, event: 2, authority: 'NONE' }, { licence: id, linkEvent: 3, authority: 'NONE' }]);
  });

  test('tells each event of a licence that a compact relates to it, and of one that comes in the newest', () => {
    const [nevada, oregon] = ['NV~nv-medical~MD~B7', 'OR~or-medical~MD~C9'];
    const before = toldNow(seen({ related: { [nevada]: 2 } }));
    const now = seen({ authority: 'NONE', related: { [nevada]: 4, [oregon]: 7 } });
    expect(newsOf(now, before, today).map(({ key, detail }) => [key, detail])).toEqual([
      [['related', nevada, '3'], { licence: id, related: nevada, event: 3, authority: 'NONE' }],
      [['related', nevada, '4'], { licence: id, related: nevada, event: 4, authority: 'NONE' }],
      [['related', oregon, '7'], { licence: id, related: oregon, event: 7, authority: 'NONE' }],
    ]);
    expect(newsOf(now, toldNow(now, before), today)).toEqual([]);
    const doubted = toldNow(seen({ knownAt: 0, linkKnownAt: 2, authority: 'UNKNOWN', related: {} }), toldNow(now, before));
    expect(newsOf(now, doubted, today).filter(({ key }) => key[0] === 'related')).toEqual([]);
  });

  test.each<readonly [number, number | undefined]>([
    [121, undefined], [120, 120], [100, 120], [90, 90], [61, 90], [60, 60], [31, 60], [30, 30], [8, 30], [7, 7], [2, 7], [1, 1], [0, 1],
  ])('%d days before its end: the step of %p days', (left, days) => {
    const validThru = addDays(today, left);
    expect(details(seen({ validThru }))).toEqual(days === undefined ? [] : [{ licence: id, validThru, days }]);
  });

  test('climbs a new ladder where its end has moved', () => {
    const key = (validThru: PlainDate): unknown => newsOf(seen({ validThru }), told, today)[0]?.key;
    expect([key('2026-03-31'), key('2026-04-01')]).toEqual([['expiry', '2026-03-31', '30'], ['expiry', '2026-04-01', '30']]);
  });
});

test('what is said about who the clinician is tells each event once', () => {
  const identity = (lastSequence: number): ProviderIdentity => ({ schema: 'provider-identity/v1', npi, lastSequence, statements: [] });
  const [now] = seenIdentity(identity(2));
  if (now === undefined) throw new Error('one thing to watch expected');
  expect(newsOf(now, undefined, today).map(({ kind, key, detail }) => [kind, key, detail])).toEqual([['IDENTITY_CHANGED', ['1'], { identityEvent: 1 }], ['IDENTITY_CHANGED', ['2'], { identityEvent: 2 }]]);
  expect(newsOf(now, toldNow(now), today)).toEqual([]);
  expect(seenIdentity(undefined)).toEqual([]);
});

describe('what the registry answers', () => {
  const event = { sequence: 1, type: 'ASSERT', mspId: 'BoardMSP', byBoard: true, recordedAt: '', subject: '', txId: '' } satisfies LinkEvent;
  const links: readonly ProviderLinks[] = [{ schema: 'provider-links/v1', npi, jurisdiction: 'CA', links: [{ licence, events: [event] }] }];
  const period = (from: string, thru: string, lifecycle: Lifecycle, authority: PracticeAuthority) => ({ from, thru, lifecycle, authority, encumbrances: [], provenance: [] });
  const standing = (...periods: readonly ReturnType<typeof period>[]): ProviderStanding => ({
    npi, jurisdiction: 'CA', from: today, thru: '2026-07-01', registered: true, periods: [], licences: [{ licence, knownAt: 2, linkKnownAt: 1, periods }],
  });

  test('is read for today, with the last day of validity', () => {
    expect(seenLicences(links, [standing(period(today, '2026-05-31', 'ACTIVE', 'FULL'), period('2026-06-01', '2026-07-01', 'EXPIRED', 'NONE'))], today)).toEqual([
      { licenceId: id, knownAt: 2, linkKnownAt: 1, authority: 'FULL', related: {}, validThru: '2026-05-31' },
    ]);
  });

  test('names how far related licences were counted', () => {
    const answer = standing(period(today, '2026-07-01', 'ACTIVE', 'NONE'));
    const related = [{ licence: { jurisdiction: 'NV', board: 'nv-medical', type: 'MD', number: 'B7' }, knownAt: 3 }];
    const [found] = seenLicences(links, [{ ...answer, licences: answer.licences.map((one) => ({ ...one, related })) }], today);
    expect(found?.related).toEqual({ 'NV~nv-medical~MD~B7': 3 });
  });

  test('names no end where there is none in sight, or it is over', () => {
    expect(seenLicences(links, [standing(period(today, '2026-07-01', 'ACTIVE', 'LIMITED'))], today)).toEqual([{ licenceId: id, knownAt: 2, linkKnownAt: 1, authority: 'LIMITED', related: {} }]);
    expect(seenLicences(links, [standing(period(today, '2026-04-01', 'EXPIRED', 'NONE'), period('2026-04-02', '2026-07-01', 'LAPSED', 'NONE'))], today)).toEqual([{ licenceId: id, knownAt: 2, linkKnownAt: 1, authority: 'NONE', related: {} }]);
  });

  test('is UNKNOWN for a link that is not confirmed', () => {
    expect(seenLicences(links, [{ ...standing(), licences: [] }], today)).toEqual([{ licenceId: id, knownAt: 0, linkKnownAt: 1, authority: 'UNKNOWN', related: {} }]);
  });
});
