import { executionBy } from '../members/testing/executions.js';
import type { membersOfTest } from '../members/testing/executions.js';
import { licenceId } from '../licences/licence-key.js';
import { licence } from '../licences/testing/timelines.js';
import { linkProviderLicences, linksKey, linksNamedIn } from './link-licences.js';
import type { LinkContext } from './link-licences.js';
import { linkState, MOST_LINK_EVENTS, MOST_LINKS } from './provider-links.js';
import type { LinkEventType, ProviderLinks } from './provider-links.js';

const npi = '1234567893';
const item = (type: LinkEventType, overrides: object = {}): object => ({ type, npi, licence, ...overrides });
const empty: LinkContext = { links: new Map(), issuers: new Map([[licenceId(licence), 'BoardMSP']]), providers: new Set([npi]) };

type Step = readonly [who: keyof typeof membersOfTest, type: LinkEventType];

/** Takes the steps one after another, each in a transaction of its own; tells the outcome or code of each. */
function story(steps: readonly Step[]): readonly string[] {
  let context = empty;
  return steps.map(([who, type]) => {
    const { outcomes, changed } = linkProviderLicences([item(type)], context, executionBy(who));
    for (const document of changed) context = { ...context, links: new Map([[linksKey(npi, 'CA'), document]]) };
    const [result] = outcomes;
    return result?.outcome === 'REFUSED' ? result.code : (result?.outcome ?? 'nothing');
  });
}

describe('a link between provider and licence', () => {
  test.each<[string, readonly Step[], readonly string[]]>([
    ['is confirmed by the board’s assertion', [['board', 'ASSERT']], ['CONFIRMED']],
    ['is asserted by the board alone', [['hospital', 'ASSERT']], ['FORBIDDEN_ORGANISATION']],
    ['needs another organisation than the proposer', [['hospital', 'PROPOSE'], ['hospital', 'CONFIRM'], ['insurer', 'CONFIRM']], ['PROPOSED', 'LINK_CONFIRMER_IS_PROPOSER', 'CONFIRMED']],
    ['can be confirmed by the board', [['insurer', 'PROPOSE'], ['board', 'CONFIRM']], ['PROPOSED', 'CONFIRMED']],
    ['is not confirmed or disputed before it was proposed', [['hospital', 'CONFIRM'], ['hospital', 'DISPUTE'], ['board', 'CONFIRM'], ['board', 'DISPUTE']], ['LINK_NOT_FOUND', 'LINK_NOT_FOUND', 'LINK_NOT_FOUND', 'LINK_NOT_FOUND']],
    ['is in doubt once either organisation doubts it', [['hospital', 'PROPOSE'], ['insurer', 'CONFIRM'], ['insurer', 'DISPUTE']], ['PROPOSED', 'CONFIRMED', 'DISPUTED']],
    ['in doubt is restored by the board alone', [['hospital', 'PROPOSE'], ['hospital', 'DISPUTE'], ['insurer', 'CONFIRM'], ['insurer', 'PROPOSE'], ['board', 'CONFIRM']], ['PROPOSED', 'DISPUTED', 'LINK_NOT_OPEN', 'LINK_NOT_OPEN', 'CONFIRMED']],
    ['denied by the board stays denied', [['board', 'ASSERT'], ['board', 'DISPUTE'], ['hospital', 'PROPOSE'], ['insurer', 'CONFIRM']], ['CONFIRMED', 'DISPUTED', 'LINK_NOT_OPEN', 'LINK_NOT_OPEN']],
    ['asserted by the board is not doubted by others', [['board', 'ASSERT'], ['hospital', 'DISPUTE']], ['CONFIRMED', 'LINK_NOT_OPEN']],
    ['says the same thing once', [['board', 'ASSERT'], ['board', 'ASSERT'], ['hospital', 'PROPOSE'], ['insurer', 'CONFIRM']], ['CONFIRMED', 'ALREADY_RECORDED', 'ALREADY_RECORDED', 'ALREADY_RECORDED']],
    ['proposed twice is proposed once', [['hospital', 'PROPOSE'], ['insurer', 'PROPOSE'], ['insurer', 'CONFIRM'], ['hospital', 'CONFIRM']], ['PROPOSED', 'ALREADY_RECORDED', 'CONFIRMED', 'ALREADY_RECORDED']],
    ['is not proposed by the board, which knows', [['board', 'PROPOSE']], ['LINK_NOT_OPEN']],
  ])('%s', (_, steps, outcomes) => {
    expect(story(steps)).toEqual(outcomes);
  });

  test('is known at a position of its own', () => {
    const { changed } = linkProviderLicences([item('ASSERT'), item('DISPUTE')], empty, executionBy('board'));
    const events = changed[0]?.links[0]?.events ?? [];
    expect([0, 1, 2].map((position) => linkState(events, position))).toEqual(['NONE', 'CONFIRMED', 'DISPUTED']);
  });

  test.each([
    ['a licence that does not exist', { licence: { ...licence, number: 'X9' } }, 'LICENCE_NOT_FOUND'],
    ['a provider that the directory does not have', { npi: '1003357849' }, 'PROVIDER_NOT_FOUND'],
    ['a number that is no NPI', { npi: '1234567890' }, 'INVALID_INPUT'],
  ])('is not made to %s', (_, overrides, code) => {
    expect(linkProviderLicences([item('ASSERT', overrides)], empty, executionBy('board')).outcomes).toMatchObject([{ outcome: 'REFUSED', code }]);
  });

  test('to a multistate licence counts in another state by its own board’s word alone', () => {
    const elsewhere = item('ASSERT', { countsIn: 'NV' });
    const { outcomes, changed } = linkProviderLicences([elsewhere, elsewhere], empty, executionBy('board'));
    expect(outcomes).toEqual([{ outcome: 'CONFIRMED', id: `${npi}~${licenceId(licence)}~NV` }, { outcome: 'ALREADY_RECORDED', id: `${npi}~${licenceId(licence)}~NV` }]);
    expect(changed).toMatchObject([{ jurisdiction: 'NV', links: [{ licence }] }]);
    for (const type of ['PROPOSE', 'CONFIRM', 'DISPUTE'] as const) {
      expect(linkProviderLicences([item(type, { countsIn: 'NV' })], empty, executionBy('hospital')).outcomes).toEqual([{ outcome: 'REFUSED', code: 'FORBIDDEN_ORGANISATION' }]);
    }
    expect(linkProviderLicences([item('ASSERT', { countsIn: 'NV' })], empty, executionBy('otherBoard')).outcomes).toEqual([{ outcome: 'REFUSED', code: 'FORBIDDEN_ORGANISATION' }]);
  });

  test('is asserted only by the board’s own certificates', () => {
    expect(linkProviderLicences([item('ASSERT')], empty, executionBy('board', { unit: 'ca-nursing' })).outcomes).toEqual([{ outcome: 'REFUSED', code: 'FORBIDDEN_UNIT' }]);
  });

  test('records its steps in the order of time', () => {
    const { changed } = linkProviderLicences([item('ASSERT')], empty, executionBy('board'));
    const context = { ...empty, links: new Map(changed.map((document) => [linksKey(npi, 'CA'), document])) };
    expect(linkProviderLicences([item('DISPUTE')], context, executionBy('board', { now: '2026-03-10T11:59:59.999Z' })).outcomes).toEqual([{ outcome: 'REFUSED', code: 'RECORDED_TIME_DECREASES' }]);
  });

  test('has as many steps, and a provider as many links, as one key carries', () => {
    const quarrel = Array.from({ length: MOST_LINK_EVENTS + 1 }, (_, index) => item(index % 2 === 0 ? 'ASSERT' : 'DISPUTE'));
    expect(linkProviderLicences(quarrel, empty, executionBy('board')).outcomes.at(-1)).toEqual({ outcome: 'REFUSED', code: 'TOO_MANY_LINKS' });
    const keys = Array.from({ length: MOST_LINKS + 1 }, (_, index) => ({ ...licence, number: `N${index}` }));
    const many = { ...empty, issuers: new Map(keys.map((key) => [licenceId(key), 'BoardMSP'])) };
    const { outcomes, changed } = linkProviderLicences(keys.map((key) => item('ASSERT', { licence: key })), many, executionBy('board'));
    expect([outcomes.at(-1), (changed[0] as ProviderLinks).links.length]).toEqual([{ outcome: 'REFUSED', code: 'TOO_MANY_LINKS' }, MOST_LINKS]);
  });

  test('needs to know of what its well-formed items name', () => {
    expect(linksNamedIn([item('ASSERT'), 'nonsense'])).toEqual([item('ASSERT')]);
  });
});
