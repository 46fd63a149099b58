import { DomainError, invalidInput, issue } from './errors.js';
import { batchShape, eachItem } from './item-outcome.js';
import { object, parseJson, text } from './parse.js';

const shape = object<{ id: string }>({ id: text(/^[a-z]+$/) });

describe('a batch', () => {
  test('does each item by itself and puts its issues at its place', () => {
    const outcomes = eachItem<{ id: string }, 'DONE'>([{ id: 'a' }, { id: '1' }, { id: 'conflict' }, { id: 'deep' }], shape, ({ id }) => {
      if (id === 'conflict') throw new DomainError('STALE_VERSION', { actual: 2 });
      if (id === 'deep') throw invalidInput([issue('DUPLICATE', '/id')]);
      return { outcome: 'DONE', id };
    });
    expect(outcomes).toEqual([
      { outcome: 'DONE', id: 'a' },
      { outcome: 'REFUSED', code: 'INVALID_INPUT', issues: [issue('WRONG_FORMAT', '/items/1/id')] },
      { outcome: 'REFUSED', code: 'STALE_VERSION' },
      { outcome: 'REFUSED', code: 'INVALID_INPUT', issues: [issue('DUPLICATE', '/items/3/id')] },
    ]);
  });

  test('fails as a whole where something unforeseen happens', () => {
    expect(() => eachItem([{ id: 'a' }], shape, () => { throw new TypeError('unforeseen'); })).toThrow(TypeError);
  });

  test('has at least one item and at most so many', () => {
    expect(parseJson(batchShape(2), '{"items":[1,2]}')).toEqual({ items: [1, 2] });
    for (const json of ['{"items":[]}', '{"items":[1,2,3]}', '{}']) expect(() => parseJson(batchShape(2), json)).toThrow(DomainError);
  });
});
