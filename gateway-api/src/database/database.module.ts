import { Global, Inject, Injectable, Module } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { GATEWAY_CONFIG } from '../config/gateway-config.js';
import { OpenDatabase, openDatabase } from './database.js';

@Injectable()
class DatabaseShutdown implements OnApplicationShutdown {
  readonly #database: OpenDatabase;

  constructor(@Inject(OpenDatabase) database: OpenDatabase) {
    this.#database = database;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#database.close();
  }
}

/** Opens the database before the application takes requests and closes it after the last one. */
@Global()
@Module({ providers: [{ provide: OpenDatabase, inject: [GATEWAY_CONFIG], useFactory: openDatabase }, DatabaseShutdown], exports: [OpenDatabase] })
export class DatabaseModule {}
