package dev.fluke.transport;

/**
 * What a host was found to have when a shell was opened.
 *
 * @param process the shell's own process; it leads a group if the shell leads a session
 */
record Abilities(boolean isRoot, boolean hasTimeout, boolean hasLock, String process) {}
