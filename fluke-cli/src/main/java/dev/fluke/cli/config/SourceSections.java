package dev.fluke.cli.config;

import dev.fluke.command.Secret;
import dev.fluke.source.DirectorySource;
import dev.fluke.source.ManifestSource;
import dev.fluke.source.git.GitSource;
import dev.fluke.source.git.GitTransport;
import dev.fluke.ssh.Ssh;
import dev.fluke.text.Durations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** {@code git} and {@code directory}: where manifests come from. */
final class SourceSections {
  private final ConfigFiles files;
  private Optional<ManifestSource> source = Optional.empty();
  private Optional<Path> directory = Optional.empty();
  private Optional<Duration> pollInterval = Optional.empty();
  private Optional<String> repository = Optional.empty();
  private Optional<Secret> webhookSecret = Optional.empty();

  private SourceSections(ConfigFiles files) {
    this.files = files;
  }

  static SourceSections of(Section root, ConfigFiles files) {
    SourceSections read = new SourceSections(files);
    Optional<Section> git = root.section("git");
    boolean isLocal = root.has("directory");
    read.directory = root.as("directory", read::directory);
    read.source = read.directory.map(DirectorySource::at);
    if (git.isPresent() == isLocal) {
      root.wrong(
          (git.isPresent() ? "both 'git' and 'directory' are there" : "no source of manifests")
              + "; say 'git' with its 'url', or 'directory'");
    }
    git.ifPresent(read::git);
    if (root.flag("allow_empty")) {
      read.source = read.source.map(ManifestSource::allowEmpty);
    }
    return read;
  }

  private Path directory(String text) {
    Path path = files.file(text);
    if (!Files.isDirectory(path)) {
      throw new IllegalArgumentException("is '" + text + "', and there is no such directory");
    }
    return path;
  }

  private void git(Section git) {
    Optional<String> url = git.required("url", "the URL of the repository");
    boolean isSsh = url.filter(text -> !text.contains("://") || text.startsWith("ssh")).isPresent();
    Optional<String> branch = git.text("branch");
    pollInterval = git.as("poll_interval", Durations::parse);
    Optional<String> glob = git.as("manifest_glob", SourceSections::glob);
    Optional<Path> key = git.text("ssh_key_file").map(files::file);
    Optional<Path> knownHosts = git.text("ssh_known_hosts").map(files::file);
    Optional<String> user = git.text("basic_auth_user");
    Optional<Secret> password = git.text("basic_auth_password").map(files::secret);
    Optional<Path> mirror = git.text("mirror").map(files::file);
    webhookSecret = git.text("webhook_secret").map(files::secret);
    boolean insecure = git.flag("insecure");
    git.end();
    if (user.isPresent() != password.isPresent()) {
      git.wrong("'basic_auth_user' and 'basic_auth_password' go together");
    }
    if (url.isEmpty()) {
      return;
    }
    repository = url;
    GitSource declared = GitSource.at(url.get());
    declared = branch.isPresent() ? declared.branch(branch.get()) : declared;
    declared = glob.isPresent() ? declared.files(glob.get()) : declared;
    declared = mirror.isPresent() ? declared.mirror(mirror.get()) : declared;
    declared = insecure ? declared.insecure() : declared;
    if (!isSsh && user.isPresent() && password.isPresent()) {
      declared = declared.basicAuth(user.get(), password.get());
    }
    if (isSsh && (key.isPresent() || knownHosts.isPresent())) {
      declared = declared.over(place -> way(place, key, knownHosts).routeTo(place));
    }
    declared.problems().forEach(git::wrong);
    source = Optional.of(declared);
  }

  private static String glob(String text) {
    var unused = GitSource.at("https://host/").files(text);
    return text;
  }

  private static GitTransport way(
      GitTransport.Place place, Optional<Path> key, Optional<Path> knownHosts) {
    Ssh way = Ssh.to(place.host());
    way = place.user().isPresent() ? way.user(place.user().get()) : way;
    way = place.port().isPresent() ? way.port(place.port().getAsInt()) : way;
    way = key.isPresent() ? way.key(key.get()) : way;
    return knownHosts.isPresent() ? way.knownHosts(knownHosts.get()) : way;
  }

  Optional<ManifestSource> source() {
    return source;
  }

  Optional<Path> directory() {
    return directory;
  }

  Optional<Duration> pollInterval() {
    return pollInterval;
  }

  Optional<String> repository() {
    return repository;
  }

  Optional<Secret> webhookSecret() {
    return webhookSecret;
  }
}
