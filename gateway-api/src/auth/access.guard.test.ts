import { Controller, Get } from '@nestjs/common';
import { generateKeyPair } from 'jose';
import { TestGateway, TestSurroundings } from '../testing/test-gateway.js';
import type { TestClaims } from '../testing/token-issuer.js';
import { Allow, CurrentActor, Public } from './access.decorators.js';
import type { Actor } from './caller.js';

@Controller('test')
class TestController {
  @Get('members')
  @Allow('members.write')
  members(@CurrentActor() actor: Actor): Actor {
    return actor;
  }

  @Get('links')
  @Allow('links.write')
  links(@CurrentActor() actor: Actor): Actor {
    return actor;
  }

  @Get('forgotten')
  forgotten(): string {
    return 'never';
  }

  @Get('open')
  @Public('health')
  open(): object {
    return { open: true };
  }
}

describe('access', () => {
  let surroundings: TestSurroundings;
  let gateway: TestGateway;

  beforeAll(async () => {
    surroundings = await TestSurroundings.create();
    gateway = await TestGateway.start(surroundings, [TestController]);
  });
  afterAll(async () => {
    await gateway.stop();
    await surroundings.remove();
  });

  const refusal = async (claims: TestClaims): Promise<readonly [number, unknown]> => {
    const { status, json } = await gateway.request('/test/members', { claims });

    return [status, json['code']];
  };

  test('lets in who has the role, in that role', async () => {
    const { status, json } = await gateway.request('/test/members', { claims: { roles: ['biller', 'member-admin'], subject: 'ann' } });

    expect([status, json]).toEqual([200, { id: 'ann', role: 'member-admin' }]);
  });

  test('acts in the first role that the permission lists', async () => {
    const { json } = await gateway.request('/test/links', { claims: { roles: ['credentialing', 'registrar'] } });

    expect(json['role']).toBe('registrar');
  });

  test('refuses who has another role', async () => {
    expect(await refusal({ roles: ['biller'] })).toEqual([403, 'FORBIDDEN_ROLE']);
    expect(await refusal({ roles: [] })).toEqual([403, 'FORBIDDEN_ROLE']);
  });

  test('refuses another organisation’s token', async () => {
    expect(await refusal({ organisation: 'OtherMSP' })).toEqual([403, 'FORBIDDEN_ORGANISATION']);
  });

  test('refuses a route that names no permission', async () => {
    expect((await gateway.request('/test/forgotten')).status).toBe(403);
  });

  test('opens what is public', async () => {
    expect((await gateway.request('/test/open', { token: '' })).json).toEqual({ open: true });
  });

  test.each([
    ['of another issuer', { issuer: 'http://localhost:1' }],
    ['for another audience', { audience: 'urn:other' }],
    ['that has expired', { expiresIn: '-1m' }],
    ['without a list of roles', { roles: 'member-admin' }],
  ])('does not know a token %s', async (_, claims) => {
    expect(await refusal(claims)).toEqual([401, 'UNAUTHENTICATED']);
  });

  test('does not know a token of another key, without a signature, or signed with the public part as a shared secret', async () => {
    const stranger = (await generateKeyPair('ES256')).privateKey;
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${(await surroundings.issuer.token()).split('.')[1] ?? ''}.`;
    const tokens = [await surroundings.issuer.token({}, stranger), unsigned, await surroundings.issuer.token({ algorithm: 'HS256' }, Buffer.alloc(32, 1)), 'nonsense'];

    for (const token of tokens) {
      const { status, json, headers } = await gateway.request('/test/members', { token });
      expect([status, json['code'], headers.get('www-authenticate')]).toEqual([401, 'UNAUTHENTICATED', 'Bearer']);
    }
  });

  test('says 503, not 401, while the provider’s keys cannot be had', async () => {
    const alone = await TestGateway.start(surroundings, [TestController], { MEDACCORD_TOKEN_JWKS_URI: 'http://localhost:1/jwks', MEDACCORD_DATA_DIR: `${surroundings.directory}/alone` });

    expect((await alone.request('/test/members')).status).toBe(503);
    await alone.stop();
  });
});
