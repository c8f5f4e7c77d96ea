package dev.fluke.cli.config;

import dev.fluke.command.Secret;
import dev.fluke.files.internal.FileExposure.Allowed;
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

/** {@code git} and {@code directory}: the source of manifests. */
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
    SourceSections sections = new SourceSections(files);
    Optional<Section> git = root.section("git");
    boolean isLocal = root.has("directory");
    sections.directory = root.as("directory", sections::directory);
    sections.directory.ifPresent(path -> sections.reportExposed(root, path));
    sections.source =
        sections.directory.map(path -> DirectorySource.at(path).protectedFromOthers());
    if (git.isPresent() == isLocal) {
      String problem =
          git.isPresent() ? "both 'git' and 'directory' are set" : "no manifest source";
      root.problem(problem + "; set either 'git' with its 'url', or 'directory'");
    }
    git.ifPresent(sections::git);
    if (root.flag("allow_empty")) {
      sections.source = sections.source.map(ManifestSource::allowEmpty);
    }
    return sections;
  }

  private Path directory(String text) {
    Path path = files.file(text);
    if (!Files.isDirectory(path)) {
      throw new IllegalArgumentException("is '" + text + "', which is not an existing directory");
    }
    return path;
  }

  private void reportExposed(Section root, Path manifests) {
    root.reportExposed("directory", manifests, files, Allowed.READING);
    files.checks().below(manifests).forEach(problem -> root.problemOf("directory", problem));
  }

  private void git(Section git) {
    Optional<String> url = git.required("url", "the URL of the repository");
    boolean isSsh = url.filter(text -> !text.contains("://") || text.startsWith("ssh")).isPresent();
    Optional<String> branch = git.text("branch");
    pollInterval = git.as("poll_interval", Durations::parse);
    Optional<String> glob = git.as("manifest_glob", SourceSections::glob);
    Optional<Path> key = git.file("ssh_key_file", files, Allowed.NOTHING);
    Optional<Path> knownHosts = git.file("ssh_known_hosts", files, Allowed.READING);
    Optional<String> user = git.text("basic_auth_user");
    Optional<Secret> password = git.text("basic_auth_password").map(files::secret);
    Optional<Path> mirror = git.file("mirror", files, Allowed.READING);
    Optional<Path> signers = git.as("allowed_signers", files::file); // the source checks it
    boolean fastForwardOnly = git.flag("fast_forward_only");
    webhookSecret = git.text("webhook_secret").map(files::secret);
    boolean insecure = git.flag("insecure");
    if (isSsh) {
      UsualSshFiles.report(git, files, key.isEmpty(), knownHosts.isEmpty());
    }
    git.end();
    if (user.isPresent() != password.isPresent()) {
      git.problem("'basic_auth_user' and 'basic_auth_password' must be set together");
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
    declared = signers.isPresent() ? declared.allowedSigners(signers.get()) : declared;
    declared = fastForwardOnly ? declared.fastForwardOnly() : declared;
    if (!isSsh && user.isPresent() && password.isPresent()) {
      declared = declared.basicAuth(user.get(), password.get());
    }
    if (isSsh && (key.isPresent() || knownHosts.isPresent())) {
      declared = declared.over(place -> ssh(place, key, knownHosts).routeTo(place));
    }
    declared.problems().forEach(git::problem);
    source = Optional.of(declared);
  }

  private static String glob(String text) {
    var unused = GitSource.at("https://host/").files(text);
    return text;
  }

  private static GitTransport ssh(
      GitTransport.Place place, Optional<Path> key, Optional<Path> knownHosts) {
    Ssh ssh = Ssh.to(place.host());
    ssh = place.user().isPresent() ? ssh.user(place.user().get()) : ssh;
    ssh = place.port().isPresent() ? ssh.port(place.port().getAsInt()) : ssh;
    ssh = key.isPresent() ? ssh.key(key.get()) : ssh;
    return knownHosts.isPresent() ? ssh.knownHosts(knownHosts.get()) : ssh;
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
