/** The API over HTTP. */
package dev.fluke.cli.http;
