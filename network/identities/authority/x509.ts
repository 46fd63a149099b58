// The certificate library looks for the reflection metadata API when it is loaded, so both are loaded here, in this order.
import 'reflect-metadata';
export * from '@peculiar/x509';
