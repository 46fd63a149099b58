import { didOf, documentUrlOf } from './did-web.js';
import { Published } from './published.js';
import { bitAt, encodeBits, LIST_BITS } from './status-list.js';

describe('something published', () => {
  test('is made once for all who ask at once, and not again while it is fresh', async () => {
    let made = 0;
    const published = new Published(() => Promise.resolve({ content: (made += 1), until: Date.now() + 60_000 }), 60_000);
    expect(await Promise.all([published.get(), published.get()])).toEqual([1, 1]);
    expect(await published.get()).toBe(1);
    published.outdate();
    expect(await published.get()).toBe(2);
  });

  test('is shown where no newer one can be made, while it is good, and not after', async () => {
    let [isAway, until] = [false, Date.now() + 60_000];
    const published = new Published(() => (isAway ? Promise.reject(new Error('away')) : Promise.resolve({ content: 'list', until })), 0);
    expect(await published.get()).toBe('list');
    isAway = true;
    expect(await published.get()).toBe('list');
    [isAway, until] = [false, 0];
    await published.get();
    isAway = true;
    await expect(published.get()).rejects.toThrow('away');
  });
});

describe('a list of bits', () => {
  test('counts from the leftmost bit of the first byte, and says nothing of a place that it does not have', () => {
    const list = encodeBits([0, 9, LIST_BITS - 1]);
    expect([0, 1, 8, 9, LIST_BITS - 1].map((position) => bitAt(list, position))).toEqual([true, false, false, true, true]);
    expect([bitAt(list, LIST_BITS), bitAt(list, -1), bitAt(list, 0.5), bitAt('u', 0), bitAt(list.slice(1), 0), bitAt(`u${Buffer.from('no gzip').toString('base64url')}`, 0)]).toEqual(Array.from({ length: 6 }, () => undefined));
  });
});

test('a did:web leads to a document over https, on this machine alone over http', () => {
  expect([didOf('https://board.example'), didOf('http://localhost:4003')]).toEqual(['did:web:board.example', 'did:web:localhost%3A4003']);
  expect(['did:web:board.example', 'did:web:localhost%3A4003', 'did:web:board.example:boards:ca'].map(documentUrlOf)).toEqual([
    'https://board.example/.well-known/did.json', 'http://localhost:4003/.well-known/did.json', 'https://board.example/boards/ca/did.json',
  ]);
});
