import type { AbsentKey } from '../claims/preconditions.js';
import type { AnyDocument, JointParties } from '../documents/document.js';
import { newDocument } from '../documents/execution.js';
import type { Execution } from '../documents/execution.js';
import { documentKey } from '../documents/key.js';
import { canonicalJson } from '../shared/canonical-json.js';
import { DomainError } from '../shared/errors.js';
import type { Currency } from '../shared/money.js';
import { emptyAccount } from './payee-account.js';
import type { AccountInput, PayeeAccountBody } from './payee-account.js';

/** The account's next version, or nothing where nothing changed. Throws INPUT_MISSING without an account. */
export function nextAccount(
  { account, currency }: { readonly account?: AccountInput; readonly currency: Currency }, after: PayeeAccountBody, parties: JointParties, execution: Execution,
): readonly AnyDocument[] {
  const before = account?.document?.body ?? emptyAccount(currency);
  if (canonicalJson(before) === canonicalJson(after)) return [];
  if (account === undefined) throw new DomainError('INPUT_MISSING', { input: 'account' });
  return [newDocument(execution, 'payee-account', { id: account.accountId, version: (account.document?.version ?? 0) + 1 }, parties, after)];
}

/** Who says that there is no account yet proves it. */
export function unlessAccount(account: AccountInput | undefined): readonly AbsentKey[] {
  if (account === undefined || account.document !== undefined) return [];
  return [{ key: documentKey({ kind: 'payee-account', id: account.accountId, version: 1 }), code: 'INPUT_MISSING', input: 'account' }];
}
