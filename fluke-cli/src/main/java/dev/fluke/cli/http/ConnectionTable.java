package dev.fluke.cli.http;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.Multiset;
import dev.fluke.cli.http.ClientConnection.Phase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The open connections: at most so many of one address and in all, with at most so many bytes. A
 * new connection always gets a place, because a client that sends its request at once needs it for
 * milliseconds only. The place is that of a connection that waits for its client, the longest
 * waiting one of the address that has the most connections. Safe for use by any thread.
 */
final class ConnectionTable {
  /** Connections of one address. */
  static final int BY_ADDRESS = 128;

  /** Connections of all addresses. */
  static final int IN_ALL = 512;

  private final long mostBytes;
  private final Set<ClientConnection> open = new HashSet<>();
  private final Multiset<String> addresses = HashMultiset.create();
  private long bytes;
  private long changes;

  /** Creates an empty table whose connections hold at most so many bytes. */
  ConnectionTable(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** Adds a connection; returns the one that has lost its place, which can be the new one. */
  synchronized Optional<ClientConnection> add(ClientConnection added) {
    added.enter(Phase.RECEIVING, ++changes);
    open.add(added);
    addresses.add(added.address());
    if (addresses.count(added.address()) > BY_ADDRESS) {
      return Optional.of(removed(added, one -> one.address().equals(added.address())));
    }
    return open.size() > IN_ALL ? Optional.of(removed(added, one -> true)) : Optional.empty();
  }

  private ClientConnection removed(ClientConnection added, Predicate<ClientConnection> among) {
    ClientConnection victim =
        open.stream()
            .filter(among)
            .filter(one -> one != added && one.phase().order().isPresent())
            .min(
                Comparator.<ClientConnection>comparingInt(one -> -addresses.count(one.address()))
                    .thenComparing(ConnectionTable::order)
                    .thenComparingLong(ClientConnection::since))
            .orElse(added);
    remove(victim);
    return victim;
  }

  private static int order(ClientConnection one) {
    return one.phase().order().orElseThrow();
  }

  /** Moves a connection from one phase to the next; false if it is in another phase, or gone. */
  synchronized boolean enter(ClientConnection one, Phase from, Phase to) {
    if (!open.contains(one) || one.phase() != from) {
      return false;
    }
    one.enter(to, ++changes);
    return true;
  }

  /** Moves a connection to a phase; false if it is gone. */
  synchronized boolean enter(ClientConnection one, Phase to) {
    return enter(one, one.phase(), to);
  }

  /** Removes a connection if it is still in this phase; false otherwise. */
  synchronized boolean remove(ClientConnection one, Phase in) {
    return one.phase() == in && remove(one);
  }

  /** Removes a connection; false if it is gone already. */
  synchronized boolean remove(ClientConnection one) {
    if (!open.remove(one)) {
      return false;
    }
    addresses.remove(one.address());
    bytes -= one.bytes();
    return true;
  }

  /**
   * Counts bytes that a connection holds from now on; negative if it lets go of them. Returns those
   * that have lost their place, the largest first.
   */
  synchronized List<ClientConnection> hold(ClientConnection one, long length) {
    if (!open.contains(one)) {
      return List.of();
    }
    one.hold(length);
    bytes += length;
    List<ClientConnection> lost = new ArrayList<>();
    Optional<ClientConnection> largest = largestBut(one);
    while (bytes > mostBytes && largest.isPresent()) {
      remove(largest.get());
      lost.add(largest.get());
      largest = largestBut(one);
    }
    return lost;
  }

  private Optional<ClientConnection> largestBut(ClientConnection one) {
    return open.stream()
        .filter(other -> other != one && other.bytes() > 0 && other.phase().order().isPresent())
        .min(
            Comparator.comparing(ConnectionTable::order)
                .thenComparingLong(other -> -other.bytes()));
  }

  synchronized int size() {
    return open.size();
  }
}
