/** Clients of the API. */
package dev.fluke.cli.client;
