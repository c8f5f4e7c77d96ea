/** Real hosts for tests: each with a systemd and an SSH server of its own. */
package dev.fluke.hosts;
