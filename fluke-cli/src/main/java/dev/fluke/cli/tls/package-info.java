/** Certificates and keys of TLS, and which of them are strong enough. */
@NullMarked
package dev.fluke.cli.tls;

import org.jspecify.annotations.NullMarked;
