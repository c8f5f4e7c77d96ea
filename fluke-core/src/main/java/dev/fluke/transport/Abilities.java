package dev.fluke.transport;

/**
 * What a host was found to have when a shell was opened.
 *
 * @param process the shell's own process; it leads a session where the host has setsid
 */
record Abilities(boolean isRoot, boolean hasTimeout, boolean hasLock, String process) {}
