import { samplesOf } from './metrics.js';

const text = `# HELP ledger_blockchain_height Height of the chain in blocks.
# TYPE ledger_blockchain_height gauge
ledger_blockchain_height{channel="agreed"} 42
ledger_blockchain_height_other{channel="agreed"} 7
consensus_BFT_leader_id{channel="agreed"} 2
process_start_time_seconds 1.79e+09
`;

test('a metric’s samples are found by its whole name', () => {
  expect(samplesOf(text, 'ledger_blockchain_height')).toEqual([{ labels: { channel: 'agreed' }, value: 42 }]);
  expect(samplesOf(text, 'process_start_time_seconds')).toEqual([{ labels: {}, value: 1.79e9 }]);
  expect(samplesOf(text, 'ledger')).toEqual([]);
});
