// Chaincode must compute the same bytes on every organisation's peer. These rules refuse what makes two peers differ
// (clock, randomness, locale, environment, network, floating point, module state), before a peer finds out.

const refuse = (selector, message) => ({ selector, message });

const clock = 'Chaincode has no clock: use the transaction timestamp or the registry clock.';
const random = 'Chaincode has no randomness: ids and salts come in the transient map.';
const locale = 'Locale data differs between Node builds: compare by code unit or UTF-8 bytes.';
const environment = 'Chaincode reads no environment: configuration is ledger state.';
const outside = 'Chaincode reaches nothing outside the ledger.';

const nodeModules = ['fs', 'net', 'http', 'https', 'http2', 'dgram', 'dns', 'tls', 'os', 'child_process', 'cluster', 'worker_threads', 'timers', 'perf_hooks', 'process'];

export const determinism = {
  rules: {
    'no-restricted-globals': [
      'error',
      { name: 'Date', message: clock },
      { name: 'performance', message: clock },
      { name: 'Intl', message: locale },
      { name: 'process', message: environment },
      { name: 'fetch', message: outside },
      { name: 'WebSocket', message: outside },
      { name: 'setTimeout', message: clock },
      { name: 'setInterval', message: clock },
      { name: 'setImmediate', message: clock },
      { name: 'crypto', message: random },
      { name: 'parseFloat', message: 'Money and quantities are integers.' },
    ],
    'no-restricted-imports': [
      'error',
      {
        paths: nodeModules.flatMap((name) => [name, `node:${name}`]).map((name) => ({ name, message: outside })),
        patterns: [{ group: ['crypto', 'node:crypto'], importNamePattern: '^(?!createHash$|Hash$|createPublicKey$|verify$|X509Certificate$)', message: random }],
      },
    ],
    'no-restricted-properties': [
      'error',
      { object: 'Math', property: 'random', message: random },
      { object: 'Promise', property: 'race', message: 'The winner of a race differs between peers.' },
      { object: 'Promise', property: 'any', message: 'The winner of a race differs between peers.' },
    ],
    'no-restricted-syntax': [
      'error',
      refuse('MemberExpression[property.name=/^toLocale|^localeCompare$/]', locale),
      refuse('Literal[raw=/^[0-9][0-9_]*\\.[0-9]/]', 'No floating point: money is integer minor units, rates are basis points.'),
      refuse('Literal[raw=/^[0-9.]+e-/i]', 'No floating point: money is integer minor units, rates are basis points.'),
      refuse('CallExpression[callee.property.name=/^(sort|toSorted)$/][arguments.length=0]', 'Sort with a comparator: the default order is UTF-16, the ledger orders UTF-8 bytes.'),
      refuse('ForInStatement', 'Key order of for-in follows the input: iterate sorted keys.'),
      refuse('Program > VariableDeclaration[kind="let"], Program > ExportNamedDeclaration > VariableDeclaration[kind="let"]', 'Module state survives a transaction at one peer and not at another.'),
      refuse('PropertyDefinition[readonly!=true][declare!=true]:not([key.type="PrivateIdentifier"]):matches(ClassDeclaration[superClass.name="Contract"] *)', 'A contract object serves every transaction: state belongs in the context.'),
      refuse('CallExpression[callee.object.name="Promise"][callee.property.name=/^all/] CallExpression[callee.property.name=/^(put|del|set|purge)[A-Z]/]', 'Writes in parallel have no order: write one after another.'),
    ],
  },
};

/** `claims` keeps everything in private data: a public write would show patients' data to every member. */
export const claimsWritesNothingPublic = {
  rules: {
    'no-restricted-syntax': [
      ...determinism.rules['no-restricted-syntax'],
      refuse('MemberExpression[property.name=/^(putState|deleteState|setStateValidationParameter)$/]', 'The claims chaincode has no public keys: write private documents.'),
    ],
  },
};
