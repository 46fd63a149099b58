export { type Namespace, NetworkNamespaces } from './network-namespaces.js';
