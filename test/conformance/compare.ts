import { compareNetworks, summaryOf, withVerdict } from './compare-networks.js';

// Compares the embedded network with real Fabric: node compare.js [id-prefix]...
// Keeps both reports under .medaccord/conformance. Ends with 1 where a behaviour differs: the embedded network is wrong then.

const comparisons = await compareNetworks(process.argv.slice(2));
const different = withVerdict(comparisons, 'different');
for (const { id, verdict, reason = '' } of [...withVerdict(comparisons, 'not compared'), ...different]) {
  process.stdout.write(`${verdict}: ${id}\n  ${reason.replaceAll('\n', '\n  ')}\n`);
}
process.stdout.write(`${summaryOf(comparisons)}\n`);
process.exit(different.length === 0 ? 0 : 1);
