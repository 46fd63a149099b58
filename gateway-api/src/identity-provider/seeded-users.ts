import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** A user of the consortium file who may ask for tokens. */
export interface SeededUser {
  /** `<user>@<organisation>`, for example `registrar@licensing-board`. */
  readonly id: string;
  /** MSP id. */
  readonly organisation: string;
  readonly roles: readonly string[];
  /** The unit that the user's certificate is bound to. */
  readonly unit?: string;
}

/** The gateways' own identity signs transactions; nobody signs in as it. */
const serviceRole = 'service';

/** The users with a role of each organisation in a consortium file (YAML or JSON); throws where it is not one. */
export function readSeededUsers(file: string): readonly SeededUser[] {
  const consortium: unknown = parse(readFileSync(file, 'utf8'));

  return list(field(consortium, 'organisations')).flatMap((organisation) => list(field(organisation, 'users')).flatMap((user) => seededUser(organisation, user)));
}

function seededUser(organisation: unknown, user: unknown): SeededUser[] {
  const role = field(field(user, 'attributes'), 'medaccord.role');
  const unit = field(field(user, 'attributes'), 'medaccord.unit');
  if (typeof role !== 'string' || role === serviceRole) return [];

  return [{ id: `${text(field(user, 'name'))}@${text(field(organisation, 'name'))}`, organisation: text(field(organisation, 'mspId')), roles: [role], ...(typeof unit === 'string' && { unit }) }];
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error('The consortium file lacks a list of organisations with users');

  return value;
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw new Error('The consortium file lacks a name');

  return value;
}
