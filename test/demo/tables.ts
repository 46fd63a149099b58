import Table from 'cli-table3';
import type { AfterPaymentFacts, ClaimFacts, DemoFacts } from './facts.js';

/** The facts as tables for a terminal. */
export function tablesOf(facts: DemoFacts): string {
  return [
    claimTable(facts.claims),
    totals(facts.claims),
    ...(facts.suspension === undefined ? [] : [timeTable(facts)]),
    ...(facts.remittance === undefined ? [] : [remittanceTable(facts)]),
    ...(facts.afterPayment === undefined ? [] : [afterPaymentTable(facts.afterPayment)]),
    recomputation(facts),
  ].join('\n\n');
}

const money = (minor: number | undefined): string => (minor === undefined ? '' : (minor / 100).toFixed(2));

const plain = { style: { head: [] as string[], border: [] as string[], compact: true } };

function claimTable(claims: readonly ClaimFacts[]): string {
  const table = new Table({
    ...plain,
    head: ['claim', 'outcome', 'charge', 'allowed', 'paid', 'patient', 'reasons', 'transaction'],
    colAligns: ['left', 'left', 'right', 'right', 'right', 'right', 'left', 'left'],
  });
  for (const claim of claims) {
    const { patientControlNumber, outcome, decision, charge, allowed, paid, patient, proof } = claim;
    const block = proof?.blockNumber === undefined ? '' : `block ${proof.blockNumber} `;
    table.push([patientControlNumber, decision ?? outcome, money(charge), money(allowed), money(paid), money(patient), reasonsOf(claim), `${block}${proof?.transactionId.slice(0, 8) ?? ''}`]);
  }
  return `Claims\n${table.toString()}`;
}

/** The adjustments of all lines added up by reason, or why there is no decision. */
function reasonsOf({ lines, reasons }: ClaimFacts): string {
  const sums = new Map<string, number>();
  for (const { adjustments } of lines) {
    for (const [reason, amount] of Object.entries(adjustments)) sums.set(reason, (sums.get(reason) ?? 0) + amount);
  }
  const remarks = [...new Set(lines.flatMap((line) => line.remarks))];
  return [...[...sums].map(([reason, amount]) => `${reason} ${money(amount)}`), ...remarks, ...reasons].join(', ');
}

function totals(claims: readonly ClaimFacts[]): string {
  const table = new Table({ ...plain, head: ['outcome', 'claims', 'charge', 'paid', 'patient'], colAligns: ['left', 'right', 'right', 'right', 'right'] });
  for (const outcome of [...new Set(claims.map((claim) => claim.decision ?? claim.outcome))].sort()) {
    const alike = claims.filter((claim) => (claim.decision ?? claim.outcome) === outcome);
    table.push([outcome, alike.length, ...(['charge', 'paid', 'patient'] as const).map((amount) => money(alike.reduce((sum, claim) => sum + (claim[amount] ?? 0), 0)))]);
  }
  return `Totals\n${table.toString()}`;
}

function timeTable({ suspension, review }: DemoFacts): string {
  const table = new Table({ ...plain, head: ['claim for review', 'service', 'decided with', 'known now'] });
  for (const item of review) table.push([item.patientControlNumber, item.serviceFrom, item.decidedWith, item.knownNow]);
  return `Suspended with effect from ${suspension?.effective ?? ''}, recorded on ${suspension?.recorded ?? ''}\n${table.toString()}`;
}

function recomputation({ recomputed }: DemoFacts): string {
  return `Computed again at the hospital from its own copies: ${recomputed.sameBytes} of ${recomputed.decisions} decisions gave the same bytes.`;
}

function remittanceTable({ remittance }: DemoFacts): string {
  const table = new Table({ ...plain, head: ['remittance', 'claims', 'charge', 'paid', 'patient', 'total', 'transaction'] });
  if (remittance !== undefined) {
    const { remittanceId, claims, charge, paid, patient, total, proof } = remittance;
    table.push([remittanceId.slice(0, 8), claims, money(charge), money(paid), money(patient), money(total), `block ${proof.blockNumber ?? '?'} ${proof.transactionId.slice(0, 8)}`]);
  }
  return `Remittance, as the hospital reads it\n${table.toString()}`;
}

function afterPaymentTable({ rows, remittance }: AfterPaymentFacts): string {
  const table = new Table({ ...plain, head: ['claim', 'after the payment', 'state', 'paid before', 'paid now'], colAligns: ['left', 'left', 'left', 'right', 'right'] });
  for (const { patientControlNumber, what, state, paidBefore, paidNow } of rows) table.push([patientControlNumber, what, state, money(paidBefore), money(paidNow)]);
  const { paid, reversed, carried, total } = remittance;
  return `Paid claims that were taken up again\n${table.toString()}\nThe next remittance: paid ${money(paid)}, taken back ${money(-reversed)}, carried forward ${money(-carried)}, total ${money(total)}`;
}
