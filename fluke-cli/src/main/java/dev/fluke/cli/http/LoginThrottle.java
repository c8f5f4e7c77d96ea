package dev.fluke.cli.http;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Slows down who guesses credentials, by address: after 20 wrong ones, an address has two tries a
 * second. Tries wait for their turn, at most 2 s; those that would wait longer are refused unread.
 * So a valid client at the same address gets in seconds after the guesses end. A credential that
 * was valid at this address never waits. Safe for use by any thread.
 */
final class LoginThrottle {
  private static final int FREE = 20;
  private static final long INTERVAL = Duration.ofMillis(500).toNanos();
  private static final long MOST_WAIT = Duration.ofSeconds(2).toNanos();
  private static final int ADDRESSES = 4096;
  private static final int VALID = 4096;

  private final LongSupplier nanoTime;
  private final String salt;

  /** For each address, the time when all its wrong credentials are forgotten. */
  private final Map<String, Long> forgotten = latest(ADDRESSES);

  private final Map<String, Boolean> valid = latest(VALID);

  /**
   * Knows nothing yet.
   *
   * @param salt hides the credentials that it remembers
   */
  LoginThrottle(LongSupplier nanoTime, String salt) {
    this.nanoTime = nanoTime;
    this.salt = salt;
  }

  /** Keeps the latest so many entries. */
  private static <V> Map<String, V> latest(int most) {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > most;
      }
    };
  }

  /**
   * A try to log in.
   *
   * @param address the address of the client, as {@link ClientAddress} shows it
   * @param credential what it sent, as a hash
   * @param isKnown whether the credential was valid at this address before
   * @param delay how long it must wait
   */
  record Try(String address, String credential, boolean isKnown, Duration delay) {}

  /**
   * When a credential may be verified; empty if too many of this address wait already. It counts as
   * wrong until it is {@link #accepted}, so that many at once are no more than one after the other.
   */
  synchronized Optional<Try> next(String address, String credential) {
    String hash =
        Hashing.sha256()
            .hashString(salt + address + " " + credential, StandardCharsets.UTF_8)
            .toString();
    if (valid.containsKey(hash)) {
      return Optional.of(new Try(address, hash, true, Duration.ZERO));
    }
    long now = nanoTime.getAsLong();
    long charged = forgottenAt(address, now) + INTERVAL;
    long delay = Math.max(0, charged - now - FREE * INTERVAL);
    if (delay > MOST_WAIT) {
      return Optional.empty();
    }
    forgotten.put(address, charged);
    return Optional.of(new Try(address, hash, false, Duration.ofNanos(delay)));
  }

  /** The credential of this try is valid, and will be at its next try. */
  synchronized void accepted(Try login) {
    valid.put(login.credential(), true);
    refund(login);
  }

  /** The credential of this try is valid, this once. */
  synchronized void refund(Try login) {
    if (!login.isKnown()) {
      forgotten.computeIfPresent(login.address(), (address, at) -> at - INTERVAL);
    }
  }

  /** The credential of this try is wrong, though it may have been valid before. */
  synchronized void refused(Try login) {
    valid.remove(login.credential());
  }

  /** Not in the past; the numbers of the clock can overflow, their differences can't. */
  private long forgottenAt(String address, long now) {
    long at = forgotten.getOrDefault(address, now);
    return at - now > 0 ? at : now;
  }

  synchronized int size() {
    return forgotten.size() + valid.size();
  }
}
