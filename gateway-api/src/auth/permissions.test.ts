import type { DynamicModule, Type } from '@nestjs/common';
import { AppModule } from '../app.module.js';
import { parseGatewayConfig } from '../config/gateway-config.js';
import { TestGateway, TestSurroundings } from '../testing/test-gateway.js';
import { Public } from './access.decorators.js';
import { PERMISSIONS, roleFor, ROLES } from './permissions.js';
import type { Permission } from './permissions.js';

/** Every route that needs no token; a further one is a decision, and a line here. */
const OPEN_ROUTES = [
  'GET /.well-known/did.json',
  'GET /health/live',
  'GET /health/ready',
  'GET /metrics',
  'GET /v1/earlier-attestations/{digest}',
  'GET /v1/public/boards/{board}/days/{day}',
  'GET /v1/public/licences',
  'GET /v1/public/licences/{jurisdiction}/{board}/{type}/{number}',
  'GET /v1/public/licences/{jurisdiction}/{board}/{type}/{number}/documents/{sequence}',
  'GET /v1/status-lists/{list}/{purpose}',
];

interface Route {
  readonly method: string;
  readonly path: string;
  readonly permission: Permission;
  /** Questions about a patient are asked by POST, as URLs are logged; they write nothing and take no key. */
  readonly writes: boolean;
}

describe('permissions', () => {
  let surroundings: TestSurroundings;
  let gateway: TestGateway;
  let routes: readonly Route[];
  let open: readonly string[];

  beforeAll(async () => {
    surroundings = await TestSurroundings.create();
    gateway = await TestGateway.start(surroundings);
    const description = (await gateway.request('/openapi.json', { token: '' })).json;
    [routes, open] = [routesOf(description), openRoutesOf(description)];
  }, 120_000);
  afterAll(async () => {
    await gateway.stop();
    await surroundings.remove();
  });

  const statusOf = async ({ method, path }: Route, claims: object, token?: string): Promise<readonly unknown[]> => {
    const { status, json } = await gateway.request(path, { method, claims, ...(token === undefined ? {} : { token }) });

    return [status, json['code']];
  };

  test('every one is used by a route', () => {
    const used = new Set(routes.map(({ permission }) => permission));

    expect(Object.keys(PERMISSIONS).filter((permission) => !used.has(permission as Permission))).toEqual([]);
  });

  test('what answers anyone does so on purpose', () => {
    const handlers = openHandlers(AppModule.for(parseGatewayConfig(surroundings.environment)));

    expect([...open].sort()).toEqual(OPEN_ROUTES);
    // Beside those that are described the look-up's two pages, and nothing that hides from the description.
    expect(handlers).toEqual(expect.arrayContaining(['LookUpController.licencePage', 'LookUpController.searchPage']));
    expect(handlers).toHaveLength(OPEN_ROUTES.length + 2);
  });

  test('every route refuses every role that it does not name', async () => {
    for (const route of routes) {
      const refused = ROLES.filter((role) => roleFor(route.permission, [role]) === undefined);
      expect(await statusOf(route, { roles: refused })).toEqual([403, 'FORBIDDEN_ROLE']);
      expect(await statusOf(route, { roles: ['service', 'admin', '*'] })).toEqual([403, 'FORBIDDEN_ROLE']);
    }
  });

  test('every route refuses another organisation’s people, and whoever brings no token', async () => {
    for (const route of routes) {
      expect(await statusOf(route, { organisation: 'OtherMSP', roles: ROLES })).toEqual([403, 'FORBIDDEN_ORGANISATION']);
      expect(await statusOf(route, {}, '')).toEqual([401, 'UNAUTHENTICATED']);
    }
  });

  test('only questions go without an Idempotency-Key', () => {
    const questions = routes.filter(({ method, writes }) => method !== 'GET' && !writes);

    expect(questions.filter(({ permission }) => !permission.endsWith('.read'))).toEqual([]);
  });

  test('every write route asks a role that it names for an Idempotency-Key', async () => {
    for (const route of routes.filter(({ writes }) => writes)) {
      expect(await statusOf(route, { roles: [PERMISSIONS[route.permission][0]] })).toEqual([400, 'IDEMPOTENCY_KEY_REQUIRED']);
    }
  });
});

type Part = Type | DynamicModule | { readonly forwardRef: unknown } | Promise<DynamicModule>;

/** Controllers of a module and of all that it imports. */
function controllersOf(part: Part): readonly Type[] {
  if (part instanceof Promise || 'forwardRef' in part) throw new Error('a module that this test cannot look into');
  const { module, imports = [], controllers = [] } = typeof part === 'function' ? { module: part } : part;
  const declared = (key: string): unknown => Reflect.getMetadata(key, module) ?? [];

  return [...controllers, ...(declared('controllers') as Type[]), ...[...imports, ...(declared('imports') as Part[])].flatMap((one) => controllersOf(one as Part))];
}

/** Handlers of the whole application that are open, described or not. */
function openHandlers(application: DynamicModule): readonly string[] {
  const handlers = [...new Set(controllersOf(application))].flatMap((controller) =>
    Object.entries(Object.getOwnPropertyDescriptors(controller.prototype)).map(([name, { value }]) => [`${controller.name}.${name}`, value as unknown] as const));

  return handlers.filter(([, handler]) => typeof handler === 'function' && Reflect.hasMetadata(Public.KEY, handler)).map(([name]) => name).sort();
}

/** Every described route with a permission; parameters of the path are filled with something. */
function routesOf(description: Record<string, unknown>): readonly Route[] {
  const paths = description['paths'] as Record<string, Record<string, Record<string, unknown>>>;

  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, route]) => {
      const permission = route['x-permission'] as Permission | undefined;

      return permission === undefined ? [] : [{ method: method.toUpperCase(), path: path.replaceAll(/\{[^}]+\}/g, 'X'), permission, writes: takesKey(route) }];
    }),
  );
}

/** Described routes that need no permission. */
function openRoutesOf(description: Record<string, unknown>): readonly string[] {
  const paths = description['paths'] as Record<string, Record<string, Record<string, unknown>>>;

  return Object.entries(paths).flatMap(([path, methods]) => Object.entries(methods).flatMap(([method, route]) => (route['x-permission'] === undefined ? [`${method.toUpperCase()} ${path}`] : [])));
}

function takesKey(route: Record<string, unknown>): boolean {
  return ((route['parameters'] ?? []) as readonly { readonly name: string }[]).some(({ name }) => name === 'Idempotency-Key');
}
