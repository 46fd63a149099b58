import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeGateway } from './describe-gateway.js';

describe('the description of the API', () => {
  const committed = readFileSync(join(import.meta.dirname, '..', '..', 'src', 'openapi.json'), 'utf8');
  const description = JSON.parse(committed) as { readonly paths: Record<string, Record<string, { readonly operationId: string; readonly summary?: string }>> };

  test('is what the code serves (else: npm run openapi -w gateway-api)', async () => {
    expect(await describeGateway()).toBe(committed);
  });

  test('names every route once and says what it does', () => {
    const routes = Object.values(description.paths).flatMap((methods) => Object.values(methods));
    const ids = routes.map(({ operationId }) => operationId);

    expect(new Set(ids).size).toBe(ids.length);
    expect(routes.filter(({ summary }) => summary === undefined || summary === '')).toEqual([]);
  });
});
