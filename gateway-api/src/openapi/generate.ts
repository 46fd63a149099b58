import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeGateway } from './describe-gateway.js';

// Run as `npm run openapi -w gateway-api`; the file stands beside the sources and is committed.
writeFileSync(join(import.meta.dirname, '..', '..', 'src', 'openapi.json'), await describeGateway());
