import type { StackEndpoints } from '@medaccord/network/cli';

/** Shell lines that work as printed against a running stack: sign in, send claims, see what waits, decide one. */
export function requestsToTry({ network, gateways, identityProvider }: StackEndpoints, claimFile: string): string {
  const url = (organisation: string): string => gateways[organisation]?.url ?? '';
  const token = (user: string): string =>
    `$(curl -s -u ${user}:medaccord-development -d grant_type=client_credentials ${identityProvider}/token | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')`;
  const lines = [
    'Try, as the hospital\'s biller (a file is in after the first time; its claims wait for the insurer):',
    `  TOKEN=${token('biller@hospital')}`,
    `  curl -s -w '\\n' -H "Authorization: Bearer $TOKEN" -H "Idempotency-Key: claims-$(date +%F)" -H "Content-Type: application/edi-x12" --data-binary @${claimFile} "${url('hospital')}/v1/claims/import?insurer=InsurerMSP"`,
    `  curl -s -w '\\n' -H "Authorization: Bearer $TOKEN" "${url('hospital')}/v1/claims?state=open"`,
    '',
    'and as the insurer\'s claims examiner, who decides the first claim that waits:',
    `  TOKEN=${token('examiner@insurer')}`,
    `  CLAIM=$(curl -s -H "Authorization: Bearer $TOKEN" "${url('insurer')}/v1/claims?state=open" | sed 's/.*"claimId":"\\([^"]*\\)".*/\\1/')`,
    `  curl -s -w '\\n' -H "Authorization: Bearer $TOKEN" -H "Idempotency-Key: decide-$CLAIM" -H "Content-Type: application/json" -d "{\\"claims\\":[{\\"claimId\\":\\"$CLAIM\\"}]}" ${url('insurer')}/v1/adjudications`,
    '',
    'and as the board\'s registrar:',
    `  TOKEN=${token('registrar@licensing-board')}`,
    `  curl -s -w '\\n' -H "Authorization: Bearer $TOKEN" ${url('licensing-board')}/v1/members`,
  ];
  return `\n${lines.join('\n')}\n\n\`make status\` shows what runs, \`make ${network === 'fabric' ? 'fabric-down' : 'down'}\` stops it.\n`;
}
