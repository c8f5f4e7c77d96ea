package dev.fluke.command;

import dev.fluke.command.FormIndex.Cut;
import dev.fluke.text.Printable;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Hides secrets in everything that Fluke shows: reports, events, alerts, messages, logs. It finds
 * them as they are, in base64, in hexadecimal, encoded for URLs, and escaped; a secret of several
 * lines also line by line; and at a beginning or an end where a text was cut in the middle of one.
 * It never changes what is sent or parsed.
 *
 * <p>Secrets have at least 6 characters. A shorter one can't be in a command; of a login, where it
 * can be any, a shorter one is hidden where it stands between other characters than letters and
 * digits.
 *
 * <p>Learns secrets as they are used, and forgets those that were not used for a long time. Safe
 * for use by any thread.
 */
public final class Mask {
  private static final String HIDDEN = "***";

  /** {@code git@host:path}, where a user has no password. */
  private static final Pattern SCP =
      Pattern.compile("[\\w.-]+@[\\w.-]+:(?!//)[^:\\s@][^@\\p{Cntrl}]*");

  private static final int MOST = 5_000;

  private final transient Known known; // transient: serializers leave it out
  private final transient Function<String, Secret> named;

  /** The secrets of the latest two generations; a generation ends when it has many. */
  private static final class Known {
    private final int most; // in one generation
    private volatile Generation latest = new Generation();
    private volatile Generation before = new Generation();

    Known(int most) {
      this.most = most;
    }

    synchronized void add(String value) {
      if (latest.values.contains(value)) {
        return;
      }
      if (latest.values.size() >= most) {
        before = latest;
        latest = new Generation();
      }
      latest.add(value);
    }
  }

  private static final class Generation {
    private final Set<String> values = new HashSet<>(); // guarded by the known ones
    private final FormIndex index = new FormIndex();
    private final Set<String> words = ConcurrentHashMap.newKeySet();
    private volatile boolean used;

    void add(String value) {
      if (value.strip().length() < Secret.SHORTEST) {
        words.add(value.strip());
        words.add(Printable.of(value.strip()));
      } else {
        index.add(SecretForms.of(value, Secret.SHORTEST));
      }
      values.add(value);
      used = true;
    }

    void find(String text, Cut cut, BitSet found) {
      if (used) {
        index.find(text, cut, found);
        words.forEach(word -> findWord(text, word, found));
      }
    }
  }

  /** Knows no secret yet. */
  public Mask() {
    this(MOST);
  }

  /** Remembers twice as many secrets. */
  Mask(int most) {
    this(
        new Known(most),
        name -> {
          throw new IllegalStateException("nobody supplies the secret '%s'".formatted(name));
        });
  }

  private Mask(Known known, Function<String, Secret> named) {
    this.known = known;
    this.named = named;
  }

  /**
   * The same mask, which takes secrets that have a name from here; what one of both learns, the
   * other hides, too.
   *
   * @param values gives a secret that is at hand; throws if nobody supplies it
   */
  public Mask naming(Function<String, Secret> values) {
    return new Mask(known, values);
  }

  /**
   * Hides the secrets of this command, too.
   *
   * @return the same command with their present values, which is the one to send: a secret that is
   *     fetched may be another one next time
   * @throws IllegalStateException if a secret can't be had
   * @throws IllegalArgumentException if a secret has fewer than 6 characters
   */
  public Command learn(Command command) {
    return command.secrets().isEmpty() ? command : command.withSecrets(this::learn);
  }

  /**
   * Hides this secret, too.
   *
   * @return the same secret with its present value
   * @throws IllegalStateException if it can't be had
   */
  public Secret learn(Secret secret) {
    Secret present = present(secret);
    known.add(present.reveal());
    return present;
  }

  /** Hides a secret of a login, unless it is so short that other text has it by chance. */
  public void learnLong(Secret secret) {
    if (secret.isAtHand() && secret.isMaskable()) {
      known.add(secret.reveal());
    }
  }

  private Secret present(Secret secret) {
    if (secret.name().isPresent()) {
      return named.apply(secret.name().get());
    }
    if (secret.isAtHand()) {
      return secret;
    }
    try {
      return Secret.of(secret.reveal());
    } catch (Throwable t) { // without its message, which may have a secret in it
      throw new IllegalStateException(
          "a secret is unavailable: its supplier threw " + t.getClass().getSimpleName());
    }
  }

  /** {@code text} with {@code ***} for each secret, or part of one, in it. */
  public String hide(String text) {
    int from = text.startsWith("…") ? 1 : 0;
    int to = text.length() > from && text.endsWith("…") ? text.length() - 1 : text.length();
    String core = from == 0 && to == text.length() ? text : text.substring(from, to);
    String shown = hide(core, new Cut(from > 0, to < text.length()));
    return shown.equals(core) ? text : text.substring(0, from) + shown + text.substring(to);
  }

  /** The same, for a text that is known to be cut. */
  String hide(String text, Cut cut) {
    if (!known.latest.used && !known.before.used) {
      return text;
    }
    BitSet found = new BitSet();
    known.before.find(text, cut, found);
    known.latest.find(text, cut, found);
    return found.isEmpty() ? text : without(text, found);
  }

  private static String without(String text, BitSet found) {
    StringBuilder shown = new StringBuilder(text.length());
    int at = 0;
    for (int from = found.nextSetBit(0); from >= 0; from = found.nextSetBit(at)) {
      shown.append(text, at, from).append(HIDDEN);
      at = found.nextClearBit(from);
    }
    return shown.append(text, at, text.length()).toString();
  }

  /** A short secret is hidden only where it stands alone: it stands in every text by chance. */
  private static void findWord(String text, String word, BitSet found) {
    if (word.isEmpty()) {
      return;
    }
    for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      int end = at + word.length();
      boolean begins = at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1));
      boolean ends = end == text.length() || !Character.isLetterOrDigit(text.charAt(end));
      if (begins && ends) {
        found.set(at, end);
      }
    }
  }

  /**
   * A URL for messages: {@code …@} stands for user and password, and {@code ?…} for the query and
   * the fragment. Where it is not a URL at all, everything up to the last {@code @} is left out.
   * Line breaks and control characters are escaped.
   */
  public static String url(String url) {
    String login = isSound(url) ? "(?<=//)[^/@]*@" : "(?s)(?<=//|^).*@";
    return Printable.of(url.replaceFirst(login, "…@").replaceFirst("(?s)[?#].*", "?…"));
  }

  /** Whether each {@code @} is where it seems to be: none is part of a password. */
  private static boolean isSound(String url) {
    if (SCP.matcher(url).matches()) {
      return true;
    }
    try {
      URI uri = new URI(url);
      return uri.getHost() != null || "file".equals(uri.getScheme());
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
