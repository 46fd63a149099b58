/** One sample of a Prometheus metric. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** The samples of one metric in Prometheus's text format; none where the node does not report it. */
export function samplesOf(metrics: string, name: string): readonly Sample[] {
  const samples: Sample[] = [];
  for (const line of metrics.split('\n')) {
    if (!line.startsWith(name)) continue;
    const [, labels = '', value = ''] = /^[^{ ]+(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    if (line[name.length] === '{' || line[name.length] === ' ') samples.push({ labels: readLabels(labels), value: Number(value) });
  }
  return samples;
}

function readLabels(text: string): Record<string, string> {
  return Object.fromEntries([...text.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, name = '', value = '']) => [name, value]));
}
