export { fabricHere, fabricWanted } from './fabric-here.js';
export { type Namespace, NetworkNamespaces } from './network-namespaces.js';
