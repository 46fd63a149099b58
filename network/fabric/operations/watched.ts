/** When something watched needs somebody. */
export interface WatchedLimit {
  /** In words, or the end of the condition: what the expression is compared with. */
  readonly when: string;
  /** The condition in PromQL, where it is not the expression with `when` behind it. */
  readonly condition?: string;
  readonly forAtLeast: string;
  readonly meaning: string;
}

/** Something that an operator watches: one panel, and a rule where there is a limit. */
export interface Watched {
  readonly id: string;
  readonly title: string;
  /** Which process reports it. */
  readonly at: 'orderer' | 'peer' | 'gateway';
  /** The metrics that the expression names; a test looks for each at a running node. */
  readonly metrics: readonly string[];
  /** PromQL. */
  readonly expression: string;
  /** Grafana's unit. */
  readonly unit: 'short' | 's' | 'bytes' | 'ops' | 'dateTimeFromNow';
  readonly alert?: WatchedLimit;
}

/** What is worth watching, of what Fabric 3.1.5 and the gateways really report. */
export const WATCHED: readonly Watched[] = [
  {
    id: 'PeerLags', title: 'Blocks that a node lacks', at: 'peer', metrics: ['ledger_blockchain_height'], unit: 'short',
    expression: 'max by (channel) (ledger_blockchain_height) - on (channel) group_right () ledger_blockchain_height',
    alert: { when: '> 10', forAtLeast: '2m', meaning: 'The peer answers with old data, and its endorsements differ from the others’.' },
  },
  {
    id: 'LeaderChanges', title: 'Leader of the orderers', at: 'orderer', metrics: ['consensus_BFT_leader_id'], unit: 'short', expression: 'consensus_BFT_leader_id',
    alert: { when: 'changes 3 times', condition: 'changes(consensus_BFT_leader_id[10m]) > 3', forAtLeast: '10m', meaning: 'An orderer is slow, or its links are bad.' },
  },
  { id: 'OrderedBlocks', title: 'Blocks per second', at: 'orderer', metrics: ['ledger_blockchain_height'], unit: 'ops', expression: 'rate(ledger_blockchain_height[1m])' },
  {
    id: 'SlowCommits', title: 'Time to commit a block (median of the last minutes)', at: 'peer', metrics: ['ledger_block_processing_time_bucket'], unit: 's',
    expression: 'histogram_quantile(0.5, sum by (le, instance) (rate(ledger_block_processing_time_bucket[5m])))',
    alert: { when: '> 1', forAtLeast: '10m', meaning: 'The disk is slow, or the machine is busy.' },
  },
  {
    id: 'FailedProposals', title: 'Proposals that the peer’s chaincodes refused or failed', at: 'peer', metrics: ['endorser_proposals_received', 'endorser_successful_proposals'], unit: 'ops',
    expression: 'rate(endorser_proposals_received[5m]) - rate(endorser_successful_proposals[5m])',
  },
  { id: 'NodeMemory', title: 'Memory of the nodes', at: 'peer', metrics: ['process_resident_memory_bytes'], unit: 'bytes', expression: 'process_resident_memory_bytes' },
  {
    id: 'SlowSubmits', title: 'Time of a transaction at the gateway (95 of 100)', at: 'gateway', metrics: ['medaccord_ledger_submit_seconds'], unit: 's',
    expression: 'histogram_quantile(0.95, sum by (le, instance) (rate(medaccord_ledger_submit_seconds_bucket[5m])))',
    alert: { when: '> 10', forAtLeast: '5m', meaning: 'The ledger is busy, or a member does not endorse.' },
  },
  { id: 'Retries', title: 'Transactions tried again, by reason', at: 'gateway', metrics: ['medaccord_ledger_retries_total'], unit: 'ops', expression: 'sum by (reason) (rate(medaccord_ledger_retries_total[5m]))' },
  {
    id: 'IdentityExpires', title: 'Expiry of the gateways’ identities', at: 'gateway', metrics: ['medaccord_identity_expiry_timestamp_seconds'], unit: 'dateTimeFromNow',
    expression: 'medaccord_identity_expiry_timestamp_seconds * 1000',
    alert: { when: 'within 14 days', condition: 'medaccord_identity_expiry_timestamp_seconds - time() < 14 * 86400', forAtLeast: '1h', meaning: 'Renew the certificate: an expired identity is refused by every peer.' },
  },
];

/** Prometheus's alerting rules, as the object of its YAML file. */
export function prometheusRules(watched: readonly Watched[] = WATCHED): object {
  const rules = watched.flatMap(({ id, title, expression, alert }) => {
    if (alert === undefined) return [];
    const { when, condition = `${expression} ${when}`, forAtLeast, meaning } = alert;
    return [{ alert: id, expr: condition, for: forAtLeast, labels: { severity: 'warning' }, annotations: { summary: title, description: meaning } }];
  });
  return { groups: [{ name: 'medaccord', rules }] };
}

const [COLUMNS, WIDTH, HEIGHT] = [2, 12, 8] as const;

/** A Grafana dashboard with a panel for each, as its JSON model. */
export function grafanaDashboard(watched: readonly Watched[] = WATCHED): object {
  const panels = watched.map(({ title, expression, unit, alert }, index) => ({
    id: index + 1,
    type: 'timeseries',
    title,
    description: alert === undefined ? '' : `${alert.meaning} Alert: ${alert.when} for ${alert.forAtLeast}.`,
    datasource: { type: 'prometheus', uid: '${datasource}' },
    fieldConfig: { defaults: { unit }, overrides: [] },
    gridPos: { x: (index % COLUMNS) * WIDTH, y: Math.floor(index / COLUMNS) * HEIGHT, w: WIDTH, h: HEIGHT },
    targets: [{ refId: 'A', expr: expression, legendFormat: '{{instance}}' }],
  }));
  const templating = { list: [{ name: 'datasource', type: 'datasource', query: 'prometheus' }] };
  return { uid: 'medaccord', title: 'MedAccord network', schemaVersion: 39, refresh: '30s', time: { from: 'now-6h', to: 'now' }, templating, panels };
}
