import { TOTAL_QUERY_LIMIT } from './api.js';
import { QueryIterator } from './query-iterator.js';
import { ORG1, TestLedger } from './testing/test-ledger.js';

const bytes = (text: string): Buffer => Buffer.from(text);
const keysOf = (results: readonly { readonly key: string }[]): string[] => results.map(({ key }) => key);

describe('a simulation', () => {
  let test: TestLedger;
  beforeEach(async () => {
    test = await TestLedger.open({ coll: { members: [ORG1] } });
  });
  afterEach(async () => {
    await test.close();
  });

  async function put(...keys: readonly string[]): Promise<void> {
    await test.run((simulator) => {
      for (const key of keys) simulator.setState('cc', key, bytes(`value of ${key}`));
    });
  }

  it('does not see its own writes', async () => {
    await put('a');
    await test.query(async (simulator) => {
      simulator.setState('cc', 'a', bytes('new'));
      simulator.setState('cc', 'b', bytes('new'));
      simulator.setPrivateData('cc', 'coll', 'p', bytes('new'));
      expect(await simulator.getState('cc', 'a')).toEqual(bytes('value of a'));
      expect(await simulator.getState('cc', 'b')).toBeUndefined();
      expect(await simulator.getPrivateData('cc', 'coll', 'p')).toBeUndefined();
      expect(await simulator.getPrivateDataHash('cc', 'coll', 'p')).toBeUndefined();
      expect(keysOf((await (await simulator.getStateRange('cc', '', '')).next(10)).results)).toEqual(['a']);
    });
  });

  it('stays at its height while blocks are committed', async () => {
    await put('a', 'b');
    await test.query(async (simulator) => {
      const range = await simulator.getStateRange('cc', '', '');
      expect(keysOf((await range.next(1)).results)).toEqual(['a']);
      await test.run((other) => {
        other.setState('cc', 'a', bytes('later'));
        other.setState('cc', 'c', bytes('later'));
        other.deleteState('cc', 'b');
      });
      expect(simulator.height).toBe(2);
      expect(await simulator.getState('cc', 'a')).toEqual(bytes('value of a'));
      expect(keysOf((await range.next(10)).results)).toEqual(['b']);
      expect(keysOf((await (await simulator.getStateRange('cc', '', '')).next(10)).results)).toEqual(['a', 'b']);
    });
    expect(await test.text('b')).toBeUndefined();
    expect(await test.text('c')).toBe('later');
  });

  it('reads several keys at once', async () => {
    await put('a', 'c');
    const values = await test.query((simulator) => simulator.getStates('cc', ['a', 'b', 'c']));
    expect(values.map((value) => value && Buffer.from(value).toString())).toEqual(['value of a', undefined, 'value of c']);
  });

  it('writes an empty value as a deletion', async () => {
    await put('a');
    await test.run((simulator) => {
      simulator.setState('cc', 'a', new Uint8Array(0));
    });
    expect(await test.text('a')).toBeUndefined();
  });

  it('keeps namespaces apart', async () => {
    await put('a');
    expect(await test.query((simulator) => simulator.getState('dd', 'a'))).toBeUndefined();
  });

  describe('of ranges', () => {
    const composite = (...parts: readonly string[]): string => `\0${parts.map((part) => `${part}\0`).join('')}`;

    it('orders keys by their UTF-8 bytes, start included, end excluded', async () => {
      await put('a', 'b', 'c', '\u{10400}', '\uffff', 'é');
      const inRange = (start: string, end: string): Promise<string[]> =>
        test.query(async (simulator) => keysOf((await (await simulator.getStateRange('cc', start, end)).next(10)).results));
      expect(await inRange('', '')).toEqual(['a', 'b', 'c', 'é', '\uffff', '\u{10400}']);
      expect(await inRange('b', 'é')).toEqual(['b', 'c']);
      expect(await inRange('b', '')).toEqual(['b', 'c', 'é', '\uffff', '\u{10400}']);
      expect(await inRange('', 'b')).toEqual(['a']);
      expect(await inRange('c', 'b')).toEqual([]);
    });

    it('finds composite keys by their first parts', async () => {
      await put(composite('owner', 'anna', '1'), composite('owner', 'anna', '2'), composite('owner', 'anne', '1'), 'plain');
      const prefix = composite('owner', 'anna');
      const found = await test.query(async (simulator) =>
        keysOf((await (await simulator.getStateRange('cc', prefix, `${prefix}\u{10ffff}`)).next(10)).results),
      );
      expect(found).toEqual([composite('owner', 'anna', '1'), composite('owner', 'anna', '2')]);
    });

    it('keeps several iterators open at once', async () => {
      await put('a', 'b', 'c');
      await test.query(async (simulator) => {
        const [one, two] = [await simulator.getStateRange('cc', '', ''), await simulator.getStateRange('cc', 'b', '')];
        expect(keysOf((await one.next(1)).results)).toEqual(['a']);
        expect(keysOf((await two.next(1)).results)).toEqual(['b']);
        expect(keysOf((await one.next(5)).results)).toEqual(['b', 'c']);
        one.close();
        expect(await two.next(5)).toMatchObject({ results: [{ key: 'c' }], hasMore: false });
        expect(await one.next(5)).toEqual({ results: [], hasMore: false });
      });
    });

    it('says with a batch whether there is more', async () => {
      await put('a', 'b', 'c');
      await test.query(async (simulator) => {
        const range = await simulator.getStateRange('cc', '', '');
        expect(await range.next(2)).toMatchObject({ results: [{ key: 'a' }, { key: 'b' }], hasMore: true });
        expect(await range.next(2)).toMatchObject({ results: [{ key: 'c' }], hasMore: false });
      });
    });

    it('ends silently at the total query limit', async () => {
      let served = 0;
      const source = { next: () => Promise.resolve((served += 1)), close: () => undefined };
      const iterator = new QueryIterator(source, 25);
      const sizes: number[] = [];
      for (let more = true; more; ) {
        const batch = await iterator.next(10);
        sizes.push(batch.results.length);
        more = batch.hasMore;
      }
      expect(sizes).toEqual([10, 10, 5]);
      expect(served).toBe(25);
      expect(TOTAL_QUERY_LIMIT).toBe(100_000);
    });
  });

  describe('of pages', () => {
    it('resumes at the bookmark and ends with an empty one', async () => {
      await put('a', 'b', 'c', 'd', 'e');
      const page = (bookmark: string): Promise<{ readonly results: readonly { readonly key: string }[]; readonly bookmark: string }> =>
        test.query((simulator) => simulator.getStatePage('cc', 'a', 'e', 2, bookmark));
      expect(await page('')).toMatchObject({ results: [{ key: 'a' }, { key: 'b' }], bookmark: 'c' });
      expect(await page('c')).toMatchObject({ results: [{ key: 'c' }, { key: 'd' }], bookmark: '' });
      expect(await page('d')).toMatchObject({ results: [{ key: 'd' }], bookmark: '' });
    });

    it('with a bookmark and no size returns the rest', async () => {
      await put('a', 'b', 'c');
      const page = await test.query((simulator) => simulator.getStatePage('cc', '', '', 0, 'b'));
      expect(page).toMatchObject({ results: [{ key: 'b' }, { key: 'c' }], bookmark: '' });
    });

    it('excludes writes, before and after', async () => {
      await test.query(async (simulator) => {
        await simulator.getStatePage('cc', '', '', 2, '');
        expect(() => {
          simulator.setState('cc', 'a', bytes('x'));
        }).toThrow(/^txid \[tx\d+\]: unsuppored transaction\. Transaction has already performed a paginated query\. Writes are not allowed$/);
      });
      await test.query(async (simulator) => {
        simulator.setState('cc', 'a', bytes('x'));
        await expect(simulator.getStatePage('cc', '', '', 2, '')).rejects.toThrow(
          'unsuppored transaction. Paginated queries are supported only in a read-only transaction',
        );
      });
    });
  });

  it('is spent after finish and after discard', async () => {
    const simulator = await test.ledger.simulate(ORG1, 'tx');
    simulator.finish();
    simulator.discard();
    await expect(simulator.getState('cc', 'a')).rejects.toThrow('this instance should not be used after calling Done()');
    expect(() => simulator.finish()).toThrow('this function should only be called once on a transaction simulator instance');
    const other = await test.ledger.simulate(ORG1, 'tx');
    other.discard();
    expect(() => {
      other.setState('cc', 'a', bytes('x'));
    }).toThrow('this instance should not be used after calling Done()');
  });

  it('names the committed key-level policies of what it writes', async () => {
    await test.run(async (simulator) => {
      simulator.setState('cc', 'a', bytes('x'));
      await simulator.setStateMetadata('cc', 'a', 'VALIDATION_PARAMETER', bytes('policy'));
      simulator.setPrivateData('cc', 'coll', 'p', bytes('x'));
      await simulator.setPrivateDataMetadata('cc', 'coll', 'p', 'VALIDATION_PARAMETER', bytes('private policy'));
    });
    const simulator = await test.ledger.simulate(ORG1, 'tx');
    simulator.setState('cc', 'a', bytes('y'));
    simulator.setState('cc', 'b', bytes('y'));
    simulator.deletePrivateData('cc', 'coll', 'p');
    await simulator.getPrivateData('cc', 'coll', 'q');
    const { keyPolicies, privateReads } = simulator.finish();
    expect(keyPolicies).toEqual([
      { namespace: 'cc', collection: '', key: 'a', policy: new Uint8Array(bytes('policy')) },
      { namespace: 'cc', collection: 'coll', key: 'p', policy: new Uint8Array(bytes('private policy')) },
    ]);
    expect(privateReads).toEqual([{ namespace: 'cc', collection: 'coll' }]);
  });
});
