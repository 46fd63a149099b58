import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addMonths } from '@medaccord/domain';
import type { ScreenedPerson } from '@medaccord/domain';
import { done } from '../testing/founding.js';
import { TestGateway, TestSurroundings } from '../testing/test-gateway.js';
import type { TestAnswer } from '../testing/test-gateway.js';
import { BEFORE, csvOf, dateOf, MONTHS, personOf, publishedFiles, rawRow, SUPPLEMENTS } from './testing/leie-files.js';
import type { RawRow } from './testing/leie-files.js';
import { load } from './testing/steward-world.js';

const steward = 'exclusion-steward';

describe('an exclusion list', () => {
  let surroundings: TestSurroundings;
  let gateway: TestGateway;

  beforeAll(async () => {
    surroundings = await TestSurroundings.create();
    gateway = await TestGateway.start(surroundings);
  }, 60_000);
  afterAll(async () => {
    await gateway.stop();
    await surroundings.remove();
  });

  const ask = async (person: ScreenedPerson, on: string, knownIn?: string, state = 'CA'): Promise<TestAnswer> =>
    gateway.request('/v1/exclusion-lists/LEIE/questions', { method: 'POST', body: { person, on, state, ...(knownIn && { knownIn }) }, claims: { roles: ['credentialing'] } });

  /** Whether the row's person is excluded on a day as known in a month; undefined where the list did not know of it. */
  const excludedOn = async (row: RawRow, on: string, knownIn?: string, state = 'CA'): Promise<boolean | undefined> => {
    const { candidates } = (await done(ask(personOf(row), on, knownIn, state))).json as { candidates: { row: { lastName: string; firstName: string }; excluded: boolean }[] };

    return candidates.find((one) => one.row.lastName === row.LASTNAME && one.row.firstName === row.FIRSTNAME)?.excluded;
  };

  test('of which nothing is loaded answers nothing', async () => {
    expect((await ask(personOf(rawRow({ LASTNAME: 'DOE', FIRSTNAME: 'JO' })), '2022-07-01')).json['code']).toBe('EXCLUSION_LIST_EMPTY');
  });

  test('says line and column of what cannot be read, and takes nothing of the file', async () => {
    const csv = csvOf([rawRow({ LASTNAME: 'DOE', EXCLDATE: '20210120' }), rawRow({ LASTNAME: 'ROE', EXCLDATE: '20210231' }), rawRow({ LASTNAME: 'POE', EXCLDATE: '20210120', NPI: '1234567890' })]);
    const refused = await load(gateway, steward, '2022-05', 'full', `${csv}"too","few"\r\n`);

    expect([refused.status, refused.json['code']]).toEqual([422, 'EXCLUSION_FILE_INVALID']);
    expect((refused.json['issues'] as { code: string; path: string }[]).map(({ code, path }) => [code, path])).toEqual(
      [['NOT_A_DATE', '/lines/3/EXCLDATE'], ['REQUIRED', '/lines/3/EXCLDATE'], ['CHECK_DIGIT', '/lines/4/NPI'], ['WRONG_FORMAT', '/lines/5']]);
    expect((await gateway.read('/v1/exclusion-lists/LEIE/files', steward)).json).toEqual([]);
  });

  test.each<readonly [string, string, string, string, number, string]>([
    ['another kind of file', 'full', '2022-05', 'NPI,NAME\r\n1,2\r\n', 422, 'EXCLUSION_FILE_INVALID'],
    ['a reinstatement without a day', 'reinstatements', '2022-05', csvOf([rawRow({ LASTNAME: 'DOE', EXCLDATE: '20210120' })]), 422, 'EXCLUSION_FILE_INVALID'],
    ['a month that is none', 'full', '2022-13', csvOf([]), 400, 'INVALID_INPUT'],
    ['a file that is none', 'delta', '2022-05', csvOf([]), 400, 'INVALID_INPUT'],
  ])('refuses %s', async (_, file, month, csv, status, code) => {
    const refused = await load(gateway, steward, month, file, csv);
    expect([refused.status, refused.json['code']]).toEqual([status, code]);
  });

  test('takes the rows that can be read where told so, and counts the others', async () => {
    const csv = csvOf([rawRow({ LASTNAME: 'LENIENT', FIRSTNAME: 'LEE', EXCLDATE: '20210120' }), rawRow({ LASTNAME: 'ROE', EXCLDATE: '20210231' })]);
    const loaded = await load(gateway, steward, '2022-05', 'exclusions', csv, '?mode=lenient');

    expect([loaded.status, loaded.json]).toMatchObject([201, { outcome: 'LOADED', rows: 2, refused: 1, added: 1, sha256: createHash('sha256').update(csv).digest('hex') }]);
    expect((await load(gateway, steward, '2022-05', 'exclusions', csv, '?mode=lax')).status).toBe(400);
  });

  describe('golden (a): twelve months, file by file', () => {
    let number = 0;
    const publish = async (month: string, file: string, rows: readonly RawRow[]): Promise<TestAnswer> => {
      number += 1;

      return done(load(gateway, steward, month, file, csvOf(rows)));
    };

    test('the full file of June holds who was excluded before', async () => {
      expect((await publish('2022-06', 'full', BEFORE)).json).toMatchObject({ rows: 5, added: 5, dropped: 1 }); // LEE of May is not in it
      expect(await excludedOn(BEFORE[0] as RawRow, '2022-06-30')).toBe(true);
      expect(await excludedOn(BEFORE[0] as RawRow, '2021-01-19')).toBe(false);
    });

    test.each(SUPPLEMENTS)('$month: nobody is known before the file; after it each is excluded from the day on, also the back-dated one', async ({ month, exclusions, reinstatements }) => {
      const before = await Promise.all(exclusions.map((row) => excludedOn(row, dateOf(row.EXCLDATE))));
      const ended = await Promise.all(reinstatements.map((row) => excludedOn(row, dateOf(row.REINDATE))));
      await publish(month, 'exclusions', exclusions);
      const loaded = await publish(month, 'reinstatements', reinstatements);

      expect(before).toEqual(exclusions.map(() => undefined));
      expect(ended).toEqual(reinstatements.map(() => true)); // until the file, the list still excludes
      expect(loaded.json).toMatchObject({ rows: reinstatements.length, added: 0, changed: reinstatements.length });
      for (const row of exclusions) {
        const day = dateOf(row.EXCLDATE);
        expect([await excludedOn(row, day), await excludedOn(row, addMonths(day, -1)), await excludedOn(row, day, previous(month))]).toEqual([true, false, undefined]);
      }
      for (const row of reinstatements) {
        const day = dateOf(row.REINDATE);
        expect([await excludedOn(row, day), await excludedOn(row, addMonths(day, -1)), await excludedOn(row, day, previous(month))]).toEqual([false, true, true]);
      }
    }, 60_000);

    test('a waiver lifts an exclusion in its state alone', async () => {
      const waived = SUPPLEMENTS[3]?.exclusions[1] as RawRow; // of October, excluded on 2022-11-20, waived in AK on 2022-12-01
      expect([await excludedOn(waived, '2022-11-30', undefined, 'AK'), await excludedOn(waived, '2022-12-01', undefined, 'AK'), await excludedOn(waived, '2022-12-01')]).toEqual([true, false, true]);
    });

    test('the full file of June 2023 agrees with the twelve months, and drops one of whom nobody told', async () => {
      const reinstated = new Set(SUPPLEMENTS.flatMap(({ reinstatements }) => reinstatements.map(({ LASTNAME, FIRSTNAME }) => LASTNAME + FIRSTNAME)));
      const inForce = [...BEFORE.slice(0, 4), ...SUPPLEMENTS.flatMap(({ exclusions }) => exclusions)].filter(({ LASTNAME, FIRSTNAME }) => !reinstated.has(LASTNAME + FIRSTNAME));
      // 4 of before and 12 × 9 of the year, less 9 reinstated
      expect((await publish('2023-06', 'full', inForce)).json).toMatchObject({ rows: 103, added: 0, changed: 0, dropped: 1 });
      const dropped = BEFORE[4] as RawRow;
      expect([await excludedOn(dropped, '2023-05-31'), await excludedOn(dropped, '2023-06-01'), await excludedOn(dropped, '2023-06-01', '2023-05')]).toEqual([true, false, true]);
      const ended = SUPPLEMENTS[3]?.reinstatements[0] as RawRow;
      expect([await excludedOn(ended, '2022-10-14'), await excludedOn(ended, '2022-10-15')]).toEqual([true, false]); // the past stays as the files told it
    });

    test('every file stands in the order in which it was taken, and counts once', async () => {
      const files = (await gateway.read('/v1/exclusion-lists/LEIE/files', steward)).json as unknown as { month: string; status: string }[];
      expect(files).toHaveLength(1 + number);
      expect(files.every(({ status }) => status === 'LOADED')).toBe(true);
      const again = await load(gateway, steward, '2022-09', 'exclusions', csvOf(SUPPLEMENTS[2]?.exclusions ?? []));
      expect([again.status, again.json]).toMatchObject([201, { outcome: 'ALREADY_LOADED', rows: 9, added: 9 }]);
      const late = await load(gateway, steward, '2022-09', 'exclusions', csvOf([rawRow({ LASTNAME: 'LATE', EXCLDATE: '20220901' })]));
      expect([late.status, late.json['code']]).toEqual([422, 'EXCLUSION_FILE_OUT_OF_ORDER']);
    });

    const previous = (month: string): string => (month === '2022-07' ? '2022-06' : (MONTHS[MONTHS.indexOf(month) - 1] ?? ''));
  });
});

const folder = process.env['MEDACCORD_LEIE_DIR'];
const withFiles = folder !== undefined && existsSync(folder) ? test : test.skip;
if (withFiles === test.skip) process.stderr.write('Skipped: the real exclusion files, as MEDACCORD_LEIE_DIR names no folder with them (UPDATED.csv, 2207EXCL.csv, 2207REIN.csv …, as the OIG names them).\n');

withFiles('real files are loaded as published', async () => {
  const surroundings = await TestSurroundings.create();
  const gateway = await TestGateway.start(surroundings);
  try {
    const published = publishedFiles(readdirSync(folder ?? ''));
    expect(published).not.toEqual([]);
    for (const { name, file, month } of published) {
      const answer = await load(gateway, steward, month, file, readFileSync(join(folder ?? '', name)));
      process.stderr.write(`${name}: ${answer.status} ${JSON.stringify({ ...answer.json, issues: (answer.json['issues'] as unknown[] | undefined)?.length })}\n`);
      expect(answer.status).toBe(201);
    }
  } finally {
    await gateway.stop();
    await surroundings.remove();
  }
}, 600_000);

test('files go by the names that the OIG gives them, the full one with the newest supplements', () => {
  expect(publishedFiles(['notes.txt', 'UPDATED.csv', '2207rein.csv', '2207EXCL.csv', '2206EXCL.csv'])).toEqual([
    { name: '2206EXCL.csv', file: 'exclusions', month: '2022-06' }, { name: '2207EXCL.csv', file: 'exclusions', month: '2022-07' },
    { name: '2207rein.csv', file: 'reinstatements', month: '2022-07' }, { name: 'UPDATED.csv', file: 'full', month: '2022-07' },
  ]);
});
