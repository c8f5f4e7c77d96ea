package dev.fluke.transport;

/** What a host was found to have when the connection was opened. */
record Abilities(boolean isRoot, boolean hasTimeout, boolean hasLock, String group) {}
