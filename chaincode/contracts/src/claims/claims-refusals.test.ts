import type { ClaimContent, Command, CommandBody, Receipt, SubmitClaims } from '@medaccord/domain';
import { TRANSIENT_COMMAND, commandHash, encodeCommand } from '@medaccord/domain';
import { sha256 } from '../platform/sha256.js';
import { refusalOf } from '../testing/contract-network.js';
import type { Party } from '../testing/contract-network.js';
import { inRole } from '../testing/founded-registry.js';
import { ClaimsTown, HOSPITAL, INSURER, OTHER_HOSPITAL, SERVICE_DAY } from './testing/claims-town.js';
import type { Envelope, Role } from './testing/claims-town.js';
import { claim, contract, plan, service } from './testing/terms.js';

const day = SERVICE_DAY;
const content: ClaimContent = claim('M-1', service(day));
const id = (digit: string): string => digit.repeat(32);
const plans: CommandBody = { verb: 'recordPlans', items: [{ id: id('1'), version: 1, body: plan() }] };
const prices: CommandBody = { verb: 'recordFeeSchedules', items: [{ id: id('2'), version: 1, body: contract() }] };
const submission: SubmitClaims = { verb: 'submitClaims', items: [{ claimId: id('3'), claim: content }] };

describe('the claims chaincode refuses', () => {
  let town: ClaimsTown;

  beforeAll(async () => {
    town = await ClaimsTown.start();
  }, 120_000);

  afterAll(async () => {
    await town.stop();
  });

  const refusal = async (role: Role, body: CommandBody, envelope: Envelope = {}): Promise<string> =>
    (await refusalOf(town.send(role, town.command(role, body, envelope), envelope))).code;

  /** Sends bytes and argument as they are. */
  const raw = async (argument: string, command: Uint8Array | string | undefined): Promise<string> => {
    const transient = command === undefined ? { other: 'x' } : { [TRANSIENT_COMMAND]: command };
    return (await refusalOf((await town.person('biller')).submit('claims', 'apply', argument, { transient, endorsers: [INSURER, HOSPITAL] }))).code;
  };

  describe('a command', () => {
    test('that is missing, altered, not canonical, unknown or malformed', async () => {
      const good = town.command('biller', submission);
      const bytes = encodeCommand(good);
      const altered = encodeCommand({ ...good, body: { ...submission, items: [{ claimId: id('4'), claim: content }] } });
      expect(await raw(commandHash(bytes, sha256), undefined)).toBe('COMMAND_MISSING');
      expect(await raw(commandHash(bytes, sha256), altered)).toBe('COMMAND_HASH_MISMATCH');
      expect(await raw('', bytes)).toBe('COMMAND_HASH_MISMATCH');
      const text = (value: string): [string, Uint8Array] => [commandHash(new TextEncoder().encode(value), sha256), new TextEncoder().encode(value)];
      expect(await raw(...text(` ${new TextDecoder().decode(bytes)}`))).toBe('COMMAND_NOT_CANONICAL');
      expect(await raw(...text('{'))).toBe('COMMAND_NOT_CANONICAL');
      expect(await raw(...text('{"amount":0.5}'))).toBe('COMMAND_NOT_CANONICAL');
      expect(await raw(...text('{}'))).toBe('INVALID_INPUT');
      expect(await refusal('biller', { verb: 'eraseEverything' } as unknown as CommandBody)).toBe('INVALID_INPUT');
    });

    test('with a salt below 16 bytes', async () => {
      expect(await refusal('biller', submission, { salt: '00'.repeat(15) })).toBe('SALT_TOO_SHORT');
      expect(await refusal('biller', submission, { salt: 'no hexadecimal digits at all, long' })).toBe('SALT_TOO_SHORT');
    });

    test('with an id that could be guessed', async () => {
      expect(await refusal('biller', { verb: 'submitClaims', items: [{ claimId: 'claim-1', claim: content }] })).toBe('INVALID_INPUT');
      expect(await refusal('biller', submission, { commandId: '42' })).toBe('INVALID_INPUT');
    });

    test('that names an item twice', async () => {
      expect(await refusal('biller', { verb: 'submitClaims', items: [...submission.items, ...submission.items] })).toBe('DOCUMENT_EXISTS');
    });
  });

  describe('a caller', () => {
    // Every verb with every kind of organisation and every role: permissions.test.ts. Here, that both peers ask.
    test.each<[string, Role, CommandBody, string]>([
      ['an insurer’s people submit no claims', 'claims-examiner', submission, 'FORBIDDEN_ORGANISATION'],
      ['a hospital sets no prices', 'biller', prices, 'FORBIDDEN_ORGANISATION'],
      ['a denials clerk submits no claims', 'denials', submission, 'FORBIDDEN_ROLE'],
      ['finance records no plans', 'finance', plans, 'FORBIDDEN_ROLE'],
      ['an examiner sets no prices', 'claims-examiner', prices, 'FORBIDDEN_ROLE'],
    ])('of the wrong organisation or role: %s', async (_, role, body, code) => {
      expect(await refusal(role, body)).toBe(code);
    });

    test('of a hospital, for the insurer’s own statements: it is no party to them', async () => {
      expect(await refusal('biller', plans, { endorsers: [INSURER] })).toBe('FORBIDDEN_ORGANISATION');
    });

    test('whose certificate says another role than the command, or none', async () => {
      expect(await refusal('denials', submission, { actor: { id: 'x', role: 'biller' } })).toBe('ROLE_MISMATCH');
      const nobody = await town.network.as(HOSPITAL, 'nobody');
      expect(await refusal('biller', submission, { by: nobody })).toBe('NO_ROLE');
    });

    test('but not an organisation’s service that speaks for a biller; the service itself may do nothing', async () => {
      const service_ = await town.network.as(HOSPITAL, 'gateway', { 'medaccord.role': 'service' });
      const one = (): SubmitClaims => ({ verb: 'submitClaims', items: [{ claimId: town.newId(), claim: content }] });
      expect(await town.send('biller', town.command('biller', one()), { by: service_ })).toMatchObject({ code: 0 });
      expect(await refusal('biller', one(), { by: service_, actor: { id: 'x', role: 'service' } })).toBe('FORBIDDEN_ROLE');
    });

    test('who is a stranger to the pair, although the right peers would sign', async () => {
      for (const [organisation, role] of [['board', 'registrar'], ['office', 'member-admin']] as const) {
        const stranger = await inRole(town.network, organisation, role);
        expect(await refusal('biller', submission, { by: stranger, actor: { id: 'x', role } })).toBe('FORBIDDEN_ORGANISATION');
      }
      const mercy = await town.network.as(OTHER_HOSPITAL.mspId, 'biller', { 'medaccord.role': 'biller' });
      expect(await refusal('biller', submission, { by: mercy })).toBe('FORBIDDEN_ORGANISATION');
    });
  });

  describe('parties', () => {
    test('of the wrong kind or number, or that are no members', async () => {
      const of = (insurerMsp: string, hospitalMsp?: string): Envelope => ({ parties: hospitalMsp === undefined ? { insurerMsp } : { insurerMsp, hospitalMsp }, endorsers: [INSURER, HOSPITAL] });
      expect(await refusal('biller', submission, of(INSURER))).toBe('WRONG_PARTIES');
      expect(await refusal('plan-admin', plans, of(INSURER, HOSPITAL))).toBe('WRONG_PARTIES');
      expect(await refusal('biller', submission, of(HOSPITAL, INSURER))).toBe('WRONG_PARTIES');
      expect(await refusal('biller', submission, of(OTHER_HOSPITAL.mspId, HOSPITAL))).toBe('WRONG_PARTIES');
      expect(await refusal('biller', submission, of('NobodyMSP', HOSPITAL))).toBe('NOT_A_MEMBER');
      expect(await refusal('biller', submission, of(HOSPITAL, HOSPITAL))).toBe('INVALID_INPUT');
    });

    test('that are mixed: a document of another pair in the command', async () => {
      const terms = await town.insure();
      const insured = await town.enrol(claim('M-9', service(day)), terms.planId);
      const [ours = ''] = await town.submit(claim('M-9', service(day)));
      const adjudication = await town.adjudication([ours], { ...terms, ...insured });
      const [item] = adjudication.items;
      if (item === undefined) throw new Error('an item expected');
      const theirs = { ...item, claim: { ...item.claim, id: town.newId(), parties: { insurerMsp: INSURER, hospitalMsp: OTHER_HOSPITAL.mspId } } };
      expect(await refusal('claims-examiner', { ...adjudication, items: [item, theirs] })).toBe('MIXED_PARTIES');
    });
  });

  describe('a resend', () => {
    const send = async (command: Command): Promise<string> => (await refusalOf(town.send('biller', command))).code;

    test('of the same bytes is told so, whose receipt is there; other bytes under the same id are refused', async () => {
      const command = town.command('biller', { verb: 'submitClaims', items: [{ claimId: town.newId(), claim: content }] });
      await town.send('biller', command);
      const before = await town.read<Receipt>('biller', 'readReceipt', command.commandId);
      expect(await send(command)).toBe('ALREADY_RECORDED');
      expect(await send({ ...command, body: { verb: 'submitClaims', items: [{ claimId: town.newId(), claim: content }] } })).toBe('COMMAND_ID_REUSED');
      expect(await send({ ...command, salt: town.newId() })).toBe('COMMAND_ID_REUSED');
      expect(await town.read<Receipt>('biller', 'readReceipt', command.commandId)).toEqual(before);
    });

    test('of a claim under another command', async () => {
      const items = [{ claimId: town.newId(), claim: content }];
      await town.apply('biller', { verb: 'submitClaims', items });
      expect(await refusal('biller', { verb: 'submitClaims', items })).toBe('DOCUMENT_EXISTS');
    });
  });

  describe('a query', () => {
    const query = async (by: Party, endorsers: readonly string[], name = 'listOpen', ...args: readonly string[]): Promise<string> =>
      (await refusalOf(by.evaluate('claims', name, args.length > 0 ? args : ['', '10'], { endorsers }))).code;

    test('at another organisation’s peer', async () => {
      expect(await query(await town.person('biller'), [INSURER])).toBe('FOREIGN_PEER');
      expect(await query(await town.person('claims-examiner'), [HOSPITAL])).toBe('FOREIGN_PEER');
      expect(await query(await town.network.as('CaliforniaMSP', 'gateway', { 'medaccord.role': 'service' }), [HOSPITAL])).toBe('FOREIGN_PEER');
    });

    test('many at once, at another organisation’s peer or by others’ people, as each alone', async () => {
      const many = JSON.stringify([{ query: 'readClaim', args: [id('9')] }]);
      expect(await query(await town.person('biller'), [INSURER], 'readAll', many)).toBe('FOREIGN_PEER');
      expect(await query(await inRole(town.network, 'board', 'registrar'), ['CaliforniaMSP'], 'readAll', many)).toBe('FORBIDDEN_ROLE');
    });

    test('by people who have nothing to do with patients’ documents', async () => {
      expect(await query(await inRole(town.network, 'board', 'registrar'), ['CaliforniaMSP'])).toBe('FORBIDDEN_ROLE');
      expect(await query(await inRole(town.network, 'hospital', 'credentialing'), [HOSPITAL])).toBe('FORBIDDEN_ROLE');
      expect(await query(await town.network.as(HOSPITAL, 'nobody'), [HOSPITAL])).toBe('NO_ROLE');
    });

    test('with arguments that are none', async () => {
      const biller = await town.person('biller');
      expect(await query(biller, [HOSPITAL], 'listOpen', '', '0')).toBe('INVALID_INPUT');
      expect(await query(biller, [HOSPITAL], 'listOpen', '%', '10')).toBe('INVALID_INPUT');
      expect(await query(biller, [HOSPITAL], 'readNewest', 'secret', id('1'))).toBe('INVALID_INPUT');
      expect(await query(biller, [HOSPITAL], 'readDocuments', '["_implicit"]')).toBe('INVALID_DOCUMENT_KEY');
      expect(await query(biller, [HOSPITAL], 'readClaim', id('9'))).toBe('DOCUMENT_NOT_FOUND');
      expect(await query(biller, [HOSPITAL], 'readAll', '[]')).toBe('INVALID_INPUT');
      expect(await query(biller, [HOSPITAL], 'readAll', JSON.stringify([{ query: 'apply', args: [id('9')] }]))).toBe('INVALID_INPUT');
      expect(await query(biller, [HOSPITAL], 'dumpAll', id('9'))).toMatch(/FORBIDDEN|UNKNOWN_COMMAND/);
    });
  });
});
