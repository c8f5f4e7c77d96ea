package dev.fluke.ssh;

import com.google.common.base.Splitter;
import dev.fluke.text.Printable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One line of a file of known hosts.
 *
 * @param place the file and the number of the line, for messages
 * @param marker such as {@code @revoked}; empty if there is none
 * @param hosts which servers it is about
 * @param type such as {@code ssh-ed25519}
 * @param key in base64; empty if it can't be read
 */
record KnownHostLine(String place, String marker, String hosts, String type, String key) {
  private static final String REVOKED = "@revoked";
  private static final String AUTHORITY = "@cert-authority";
  private static final String EVERY_HOST = "*";

  /** The lines in the bytes of a file, without comments. */
  static List<KnownHostLine> all(Path file, byte[] bytes) {
    List<KnownHostLine> all = new ArrayList<>();
    int number = 0;
    for (String text : new String(bytes, StandardCharsets.ISO_8859_1).split("\r?\n", -1)) {
      number++;
      String line = text.strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        all.add(of(Printable.of(file.toString()) + ":" + number, line));
      }
    }
    return all;
  }

  private static KnownHostLine of(String place, String line) {
    List<String> fields =
        Splitter.onPattern("[ \t]+").limit(line.startsWith("@") ? 5 : 4).splitToList(line);
    int first = line.startsWith("@") ? 1 : 0;
    String marker = first == 1 ? fields.get(0) : "";
    String hosts = field(fields, first);
    String type = field(fields, first + 1);
    String key =
        HostKeyText.read(type, field(fields, first + 2)).map(HostKeyText::base64).orElse("");
    return new KnownHostLine(place, marker, hosts, type, key);
  }

  private static String field(List<String> fields, int number) {
    return number < fields.size() ? fields.get(number) : "";
  }

  boolean names(HostNames server) {
    return HostPattern.matches(hosts, server);
  }

  /** Whether it may be meant for the server, though no key in it counts for it. */
  boolean isAbout(HostNames server) {
    return HostPattern.isAbout(hosts, server);
  }

  /** Whether it says which key a server has. */
  boolean isKey() {
    return marker.isEmpty() && !key.isEmpty();
  }

  boolean isAuthority() {
    return marker.equals(AUTHORITY) && !key.isEmpty();
  }

  boolean isRevoked() {
    return marker.equals(REVOKED) && !key.isEmpty();
  }

  /** Whether it revokes a key wherever that is met, and so tells nothing of one server. */
  boolean isRevokedEverywhere() {
    return isRevoked() && hosts.equals(EVERY_HOST);
  }
}
