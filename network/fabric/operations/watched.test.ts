import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { monitoringFiles } from './write-monitoring.js';
import { grafanaDashboard, prometheusRules, WATCHED } from './watched.js';

test('the committed files are what is generated', async () => {
  const folder = join(import.meta.dirname, '..', '..', '..', '..', 'fabric-config', 'monitoring');
  for (const [name, text] of Object.entries(monitoringFiles())) expect(await readFile(join(folder, name), 'utf8')).toBe(text);
});

test('there is a panel for everything that is watched, and a rule where there is a limit', () => {
  const { panels } = grafanaDashboard() as { readonly panels: readonly { readonly title: string }[] };
  expect(panels.map(({ title }) => title)).toEqual(WATCHED.map(({ title }) => title));
  const { groups } = prometheusRules() as { readonly groups: readonly { readonly rules: readonly { readonly alert: string; readonly expr: string }[] }[] };
  expect(groups[0]?.rules.map(({ alert }) => alert)).toEqual(WATCHED.filter(({ alert }) => alert !== undefined).map(({ id }) => id));
  expect(groups[0]?.rules.find(({ alert }) => alert === 'SlowCommits')?.expr).toMatch(/ > 1$/);
});

test.each(WATCHED)('$id names the metrics that its expression uses', ({ expression, metrics }) => {
  for (const name of metrics) expect(expression).toContain(name);
});
