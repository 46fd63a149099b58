import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { drizzle as drizzleServer } from 'drizzle-orm/node-postgres';
import { drizzle as drizzleEmbedded } from 'drizzle-orm/pglite';
import pg from 'pg';
import type { GatewayConfig } from '../config/gateway-config.js';
import { openEmbeddedDatabase } from './embedded-database.js';
import type { Database } from './schema.js';
import { migrate } from './migrations.js';

/** An open database. */
export class OpenDatabase {
  readonly database: Database;
  /** True where no other process can have rows in progress. */
  readonly exclusive: boolean;
  readonly close: () => Promise<void>;

  constructor(database: Database, exclusive: boolean, close: () => Promise<void>) {
    this.database = database;
    this.exclusive = exclusive;
    this.close = close;
  }

  /** Resolves where the database answers. */
  async ping(): Promise<void> {
    await this.database.execute(sql`SELECT 1`);
  }
}

const connections = 10;
const connectTimeoutMs = 10_000;

/** Opens and migrates the configured PostgreSQL, or an embedded one in the data folder, which serves one process alone. */
export async function openDatabase(config: Pick<GatewayConfig, 'databaseUrl' | 'databaseTemplate' | 'dataDirectory'>): Promise<OpenDatabase> {
  const open = config.databaseUrl === undefined ? await openEmbedded(config) : openServer(config.databaseUrl);
  try {
    await migrate(open.database);
  } catch (error) {
    await open.close();
    throw error;
  }

  return open;
}

async function openEmbedded({ dataDirectory, databaseTemplate }: Pick<GatewayConfig, 'dataDirectory' | 'databaseTemplate'>): Promise<OpenDatabase> {
  const client = await openEmbeddedDatabase(join(dataDirectory, 'database'), databaseTemplate);

  return new OpenDatabase(drizzleEmbedded(client), true, () => client.close());
}

function openServer(connectionString: string): OpenDatabase {
  const pool = new pg.Pool({ connectionString, max: connections, connectionTimeoutMillis: connectTimeoutMs });
  // An idle connection that the server ends is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined);

  return new OpenDatabase(drizzleServer(pool), false, () => pool.end());
}
