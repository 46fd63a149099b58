import { applicationForShape, applicationRoles, applicationStepShape, denialReportDueOn, DomainError, freeText, graceShape, integer, invalidInput, issue, object, opaqueId, optional, parse, plainDate, present } from '@medaccord/domain';
import type { ApplicationBody, ApplicationCommand, ApplicationDocument, ApplicationFor, ApplicationStep, Grace, OpaqueId, PlainDate, Shape } from '@medaccord/domain';
import type { Actor, Caller } from '../auth/caller.js';
import type { Page } from '../http/page.js';
import type { WriteRequest } from '../idempotency/write-request.js';
import { commandIdOf, opaqueIdOf } from '../ledger/claims-client.js';
import type { RegistryClient } from '../ledger/registry-client.js';
import { actionIdOf } from './action-id.js';

/** One state of an application, and how it came to be. */
export interface ApplicationVersion extends ApplicationBody {
  readonly version: number;
  readonly recordedAt: string;
  readonly recordedBy: string;
  readonly transactionId: string;
}

/** An application as the board sees it. */
export interface ApplicationView {
  readonly id: OpaqueId;
  readonly newest: ApplicationVersion;
  /** Denied: the last day to report it to the data bank. */
  readonly reportDueOn?: PlainDate;
}

/** An application with all that was done with it, oldest first. */
export interface ApplicationRecord extends ApplicationView {
  readonly versions: readonly ApplicationVersion[];
}

/** A part of the board's applications. */
export interface ApplicationPage {
  readonly items: readonly ApplicationView[];
  readonly next?: OpaqueId;
}

/** Who asks, and the write under way. */
export interface Asked {
  readonly write: WriteRequest;
  readonly caller: Caller;
}

interface Grant {
  readonly number: string;
  readonly on: PlainDate;
  readonly effectiveFrom: PlainDate;
  readonly validThru?: PlainDate;
  readonly grace?: Grace;
  readonly numberAsPrinted?: string;
  readonly version?: number;
}

const STEP = 'application';
const version = optional(integer(1));
const filingShape: Shape<{ readonly on: PlainDate }> = object({ on: plainDate });
const grantShape: Shape<Grant> = object<Grant>({
  number: freeText(1, 32), on: plainDate, effectiveFrom: plainDate, validThru: optional(plainDate), grace: optional(graceShape), numberAsPrinted: optional(freeText(1, 60)), version,
});

/** Where a board's people work on applications, which nobody else hears of until there is a licence. */
export class ApplicationDesk {
  readonly #registry: RegistryClient;

  constructor(registry: RegistryClient) {
    this.#registry = registry;
  }

  async file(asked: Asked, body: unknown): Promise<ApplicationRecord> {
    const { asked: wanted, on } = filingOf(body);
    const applicationId = opaqueIdOf(asked.write.derive('application'));
    await this.#give(asked, { verb: 'fileApplication', applicationId, asked: wanted, on });

    return this.read(applicationId);
  }

  /** Throws DOCUMENT_NOT_FOUND. */
  async read(id: string): Promise<ApplicationRecord> {
    return recordOf(await this.#registry.application(parse(opaqueId, id)));
  }

  async list({ after, limit }: Page): Promise<ApplicationPage> {
    const { items, next } = await this.#registry.applications({ limit, ...(after === '' ? {} : { after }) });

    return { items: items.map(viewOf), ...present('next', next) };
  }

  /** Takes a step, unless this request took it before it was interrupted. */
  async step(asked: Asked, id: string, body: unknown): Promise<ApplicationRecord> {
    const { seen, rest } = versionIn(body);
    const step = parse(applicationStepShape, rest);
    if (step.to === 'ISSUED') throw invalidInput([issue('NOT_ALLOWED', '/to')]);

    return this.#carry(asked, parse(opaqueId, id), seen, () => Promise.resolve(step));
  }

  /** Issues the licence that was asked for, and closes the application with it. Taken up again after a crash, it issues nothing twice. */
  async grant(asked: Asked, id: string, body: unknown): Promise<ApplicationRecord> {
    const grant = parse(grantShape, body);
    if (grant.effectiveFrom < grant.on) throw invalidInput([issue('INCONSISTENT', '/effectiveFrom')]);

    return this.#carry(asked, parse(opaqueId, id), grant.version, (application) => this.#issue(asked.write, application, grant));
  }

  async #carry(asked: Asked, id: OpaqueId, seen: number | undefined, stepOf: (application: ApplicationDocument) => Promise<ApplicationStep>): Promise<ApplicationRecord> {
    const versions = await this.#registry.application(id);
    if (versions.some(({ recorded }) => recorded.commandId === commandIdOf(asked.write, STEP))) return recordOf(versions);
    const application = newestOf(versions);
    if (seen !== undefined && seen !== application.version) throw new DomainError('STALE_VERSION', { expected: seen, actual: application.version });
    await this.#give(asked, { verb: 'stepApplication', application, step: await stepOf(application) });

    return this.read(id);
  }

  async #issue(write: WriteRequest, { body }: ApplicationDocument, { number, on, version: _, ...validity }: Grant): Promise<ApplicationStep> {
    if (body.state !== 'UNDER_REVIEW') throw new DomainError('APPLICATION_STATE', { state: body.state });
    const { jurisdiction, board, type, applicant } = body;
    const licence = { jurisdiction, board, type, number };
    const { outcomes: [outcome] } = await this.#registry.issueLicences(write, { items: [{ actionId: actionIdOf(write), licence, status: 'ACTIVE', holder: applicant.name, ...validity }] });
    if (outcome?.outcome === 'REFUSED') throw outcome.issues === undefined ? new DomainError(outcome.code) : invalidInput(outcome.issues.map((one) => ({ ...one, path: one.path.replace('/items/0', '').replace('/licence', '') })));

    return { to: 'ISSUED', on, licence };
  }

  async #give({ write, caller }: Asked, body: ApplicationCommand['body']): Promise<void> {
    await this.#registry.keepApplication(write, STEP, actorFor(body, caller), body);
  }
}

/** The caller in the role that may take this very step. Throws FORBIDDEN_ROLE; the chaincode decides again. */
function actorFor(body: ApplicationCommand['body'], { subject, roles }: Caller): Actor {
  const role = applicationRoles({ body }).find((one) => roles.includes(one));
  if (role === undefined) throw new DomainError('FORBIDDEN_ROLE');

  return { id: subject, role };
}

function filingOf(body: unknown): { readonly asked: ApplicationFor; readonly on: PlainDate } {
  const { on, ...asked } = typeof body === 'object' && body !== null ? (body as Readonly<Record<string, unknown>>) : { on: undefined };

  return { asked: parse(applicationForShape, asked), ...parse(filingShape, on === undefined ? {} : { on }) };
}

function versionIn(body: unknown): { readonly seen: number | undefined; readonly rest: unknown } {
  if (typeof body !== 'object' || body === null || !('version' in body)) return { seen: undefined, rest: body };
  const { version: seen, ...rest } = body;

  return { seen: parse(object<{ version: number }>({ version: integer(1) }), { version: seen }).version, rest };
}

function recordOf(versions: readonly ApplicationDocument[]): ApplicationRecord {
  return { ...viewOf(newestOf(versions)), versions: versions.map(versionOf) };
}

function newestOf(versions: readonly ApplicationDocument[]): ApplicationDocument {
  const newest = versions.at(-1);
  if (newest === undefined) throw new DomainError('DOCUMENT_NOT_FOUND');

  return newest;
}

function viewOf(application: ApplicationDocument): ApplicationView {
  return { id: application.id, newest: versionOf(application), ...present('reportDueOn', denialReportDueOn(application.body)) };
}

function versionOf({ version: number, body, recorded }: ApplicationDocument): ApplicationVersion {
  return { ...body, version: number, recordedAt: recorded.at, recordedBy: recorded.by.actorId, transactionId: recorded.txId };
}
