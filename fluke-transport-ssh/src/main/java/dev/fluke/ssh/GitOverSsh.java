package dev.fluke.ssh;

import dev.fluke.source.git.GitTransport;

/**
 * What {@link dev.fluke.source.git.GitSource} finds when it is not told how to reach a host: it
 * logs in as {@link Ssh#to} does without options, with the user and the port of the URL.
 */
public final class GitOverSsh implements GitTransport {

  /** Found by a {@link java.util.ServiceLoader}; applications call {@link Ssh#to}. */
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
