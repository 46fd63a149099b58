import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, realpath } from 'node:fs/promises';
import { delimiter, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { FabricError } from '../fabric-error.js';
import { FABRIC_VERSION } from './release.js';

/** Where Fabric's programs are on this machine; absolute paths. */
export interface FabricBinaries {
  readonly directory: string;
  readonly orderer: string;
  readonly peer: string;
  readonly configtxgen: string;
  /** The builder of chaincode as a service: the folder whose `bin` holds `detect`, `build` and `release`. */
  readonly ccaasBuilder: string;
}

/** Where to look. */
export interface BinarySearch {
  readonly environment?: Readonly<NodeJS.ProcessEnv>;
  /** The project's root, whose `.medaccord/fabric/bin` a download fills. */
  readonly projectDirectory?: string;
}

const SERVERS = ['orderer', 'peer', 'configtxgen'] as const;
const BUILDER_STEPS = ['detect', 'build', 'release'] as const;
const runProgram = promisify(execFile);

/**
 * Finds Fabric's programs in `FABRIC_BIN`, `.medaccord/fabric/bin` or `PATH`, in this order, and checks that they report
 * the pinned version (unless `FABRIC_UNVERIFIED=1`). The first place that has any of them decides: a wrong version there is
 * refused, not skipped. Throws BINARIES_NOT_FOUND or VERSION_UNEXPECTED with what to do.
 */
export async function findFabricBinaries({ environment = process.env, projectDirectory = process.cwd() }: BinarySearch = {}): Promise<FabricBinaries> {
  const directory = await binaryDirectory(environment, projectDirectory);
  await requireComplete(directory);
  const ccaasBuilder = await findBuilder(directory);
  if (environment['FABRIC_UNVERIFIED'] !== '1') {
    for (const program of ['peer', 'orderer']) await requireVersion(join(directory, program));
  }
  return { directory, orderer: join(directory, 'orderer'), peer: join(directory, 'peer'), configtxgen: join(directory, 'configtxgen'), ccaasBuilder };
}

/** A program of the release that is only sometimes needed, for example `ledgerutil`; undefined where it is not beside the others. */
export async function optionalProgram(binaries: FabricBinaries, name: 'configtxlator' | 'ledgerutil' | 'osnadmin' | 'discover'): Promise<string | undefined> {
  const path = join(binaries.directory, name);
  return (await isExecutable(path)) ? path : undefined;
}

async function binaryDirectory(environment: Readonly<NodeJS.ProcessEnv>, projectDirectory: string): Promise<string> {
  const configured = environment['FABRIC_BIN'];
  if (configured !== undefined && configured !== '') return resolve(configured);
  const downloaded = join(resolve(projectDirectory), '.medaccord', 'fabric', 'bin');
  const candidates = [downloaded, ...(environment['PATH'] ?? '').split(delimiter).filter((entry) => entry !== '')];
  for (const candidate of candidates) {
    if ((await isExecutable(join(candidate, 'peer'))) && (await isExecutable(join(candidate, 'orderer')))) {
      return dirname(await realpath(join(candidate, 'peer')));
    }
  }
  throw new FabricError('BINARIES_NOT_FOUND', notFound('no Fabric programs were found'));
}

async function requireComplete(directory: string): Promise<void> {
  for (const program of SERVERS) {
    if (!(await isExecutable(join(directory, program)))) {
      throw new FabricError('BINARIES_NOT_FOUND', notFound(`${directory} has no program ${program}`));
    }
  }
}

/** The release archive has `bin` and `builders/ccaas` side by side. */
async function findBuilder(directory: string): Promise<string> {
  const candidate = join(dirname(directory), 'builders', 'ccaas');
  for (const step of BUILDER_STEPS) {
    if (!(await isExecutable(join(candidate, 'bin', step)))) {
      throw new FabricError('BINARIES_NOT_FOUND', notFound(`${candidate}/bin has no program ${step} (chaincode as a service needs Fabric's builder beside its programs)`));
    }
  }
  return candidate;
}

async function requireVersion(program: string): Promise<void> {
  const version = await reportedVersion(program);
  if (version !== `v${FABRIC_VERSION}`) {
    throw new FabricError('VERSION_UNEXPECTED', `${program} reports version ${version}, and this network runs v${FABRIC_VERSION}: point FABRIC_BIN at that release (FABRIC_UNVERIFIED=1 takes it as it is, at your own risk)`);
  }
}

async function reportedVersion(program: string): Promise<string> {
  try {
    const { stdout } = await runProgram(program, ['version']);
    return /^\s*Version:\s*(\S+)/m.exec(stdout)?.[1] ?? 'unknown';
  } catch (cause) {
    throw new FabricError('VERSION_UNEXPECTED', `${program} could not be run on this machine`, { cause });
  }
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false; // Absent or not executable: both mean that it is not here.
  }
}

function notFound(reason: string): string {
  return `${reason}. Real Fabric ${FABRIC_VERSION} is needed for this command only: set FABRIC_BIN to the bin folder of an unpacked release archive, put it at .medaccord/fabric, or let the command download it (FABRIC_DIST_URL names a mirror).`;
}
