/** The socket, with real users. */
package dev.fluke.cli.socket;
