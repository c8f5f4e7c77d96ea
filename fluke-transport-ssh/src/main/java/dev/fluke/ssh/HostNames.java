package dev.fluke.ssh;

import com.google.common.collect.ImmutableSet;
import com.google.common.net.InetAddresses;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The names under which files of known hosts may have a server. OpenSSH writes a host in lower
 * case, and as {@code [host]:port} if the port is not 22. A name without a port stands for all
 * ports of the host that have no key of their own.
 */
final class HostNames {
  private final List<Name> names;

  /**
   * One name.
   *
   * @param text as OpenSSH writes it; patterns are compared with this
   * @param all the same and its other spellings, such as with a dot at the end
   */
  record Name(String text, Set<String> all) {}

  private HostNames(List<Name> names) {
    this.names = names;
  }

  /** The names of the server on this host and port. */
  static HostNames of(String host, int port) {
    Set<String> spellings = spellings(host);
    List<Name> names = new ArrayList<>();
    String plain = host.toLowerCase(Locale.ROOT);
    if (port != 22) {
      names.add(new Name(withPort(plain, port), withPorts(spellings, port)));
      names.add(new Name(plain, spellings));
    } else {
      Set<String> all =
          ImmutableSet.<String>builder().addAll(spellings).addAll(withPorts(spellings, 22)).build();
      names.add(new Name(plain, all));
    }
    return new HostNames(List.copyOf(names));
  }

  /** The most specific first. */
  List<Name> all() {
    return names;
  }

  /** Only the most specific name. */
  HostNames mostSpecific() {
    return new HostNames(names.subList(0, 1));
  }

  /** As a new line names the server. */
  String written() {
    return names.get(0).text();
  }

  private static String withPort(String host, int port) {
    return "[%s]:%d".formatted(host, port);
  }

  private static Set<String> withPorts(Set<String> hosts, int port) {
    return hosts.stream().map(one -> withPort(one, port)).collect(ImmutableSet.toImmutableSet());
  }

  private static Set<String> spellings(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    if (lower.contains(":") || InetAddresses.isInetAddress(lower)) {
      return ImmutableSet.of(lower, canonical(lower), host);
    }
    String bare = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    return ImmutableSet.of(lower, bare, bare + ".", host);
  }

  /**
   * The shortest spelling of an address, as in {@code ::1}, with its port and zone if it has them;
   * any other text unchanged.
   */
  static String canonical(String text) {
    boolean brackets = text.startsWith("[") && text.contains("]");
    String inside = brackets ? text.substring(1, text.indexOf(']')) : text;
    String zone = inside.contains("%") ? inside.substring(inside.indexOf('%')) : "";
    String address = inside.substring(0, inside.length() - zone.length());
    if (!InetAddresses.isInetAddress(address)) {
      return text;
    }
    String shortest = InetAddresses.toAddrString(InetAddresses.forString(address)) + zone;
    return brackets ? "[" + shortest + text.substring(text.indexOf(']')) : shortest;
  }
}
