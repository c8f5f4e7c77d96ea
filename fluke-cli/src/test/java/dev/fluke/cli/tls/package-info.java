/** Certificates and keys of TLS. */
package dev.fluke.cli.tls;
