package dev.fluke.ssh;

import dev.fluke.source.git.GitTransport;

/**
 * The transport that {@link dev.fluke.source.git.GitSource} uses for {@code ssh} URLs by default.
 * It logs in as {@link Ssh#to} does without options, with the user and the port of the URL.
 */
public final class GitOverSsh implements GitTransport {

  /** For {@link java.util.ServiceLoader}; applications call {@link Ssh#to}. */
  public GitOverSsh() {}

  @Override
  public Route routeTo(Place place) {
    Ssh ssh = Ssh.to(place.host());
    if (place.user().isPresent()) {
      ssh = ssh.user(place.user().get());
    }
    if (place.port().isPresent()) {
      ssh = ssh.port(place.port().getAsInt());
    }
    return ssh.routeTo(place);
  }
}
