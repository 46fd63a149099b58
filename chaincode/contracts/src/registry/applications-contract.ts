import { parseJson } from '@medaccord/domain';
import { Info, Returns, Transaction } from '../platform/contract-api.js';
import { MedAccordContract } from '../platform/medaccord-contract.js';
import { keepApplication, listApplications, readApplication } from './application-records.js';
import { applicationQueryShape, applicationsQueryShape } from './queries.js';
import { RegistryContext } from './registry-context.js';
import { applicationRequirements } from './requirements.js';

/** Applications for licences: private documents of one board, beside the licences that they become. */
@Info({ title: 'applications', description: 'Applications for licences, known to their board alone.' })
export class ApplicationsContract extends MedAccordContract<RegistryContext> {
  constructor() {
    super('applications');
  }

  override createContext(): RegistryContext {
    return new RegistryContext();
  }

  protected override authorise(ctx: RegistryContext, transaction: string): Promise<void> {
    return ctx.authorise(transaction, applicationRequirements);
  }

  /** Carries out the command in the transient map, whose SHA-256 in hexadecimal is the argument. Answers nothing. */
  @Transaction()
  @Returns('string')
  async keep(ctx: RegistryContext, commandHash: string): Promise<string> {
    await keepApplication(ctx, commandHash);
    return '';
  }

  /** Every version of an application of the caller's own board. */
  @Transaction(false)
  @Returns('string')
  async read(ctx: RegistryContext, request: string): Promise<string> {
    return readApplication(ctx, parseJson(applicationQueryShape, request).applicationId);
  }

  /** Applications of the caller's own boards in their newest versions, in order of their ids. */
  @Transaction(false)
  @Returns('string')
  async list(ctx: RegistryContext, request: string): Promise<string> {
    return listApplications(ctx, parseJson(applicationsQueryShape, request));
  }
}
