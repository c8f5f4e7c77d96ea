package dev.fluke.source.git;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A repository whose commits and tags the real git signs, with keys of the real ssh-keygen. */
final class SignedRepo {
  final GitRepo repo;
  final Path signers;
  private final Path dir;

  private SignedRepo(Path dir) {
    this.dir = dir;
    this.repo = GitRepo.in(dir);
    this.signers = dir.resolve("signers");
  }

  static SignedRepo in(Path dir) {
    return new SignedRepo(dir);
  }

  /** What follows only these signers. */
  GitSource source() {
    return GitSource.at(repo.url()).allowedSigners(signers);
  }

  /** Makes a key pair of this type, such as {@code ed25519} or {@code ecdsa -b 384}. */
  void key(String name, String type) {
    List<String> argv = new ArrayList<>(List.of("ssh-keygen", "-q", "-N", "", "-C", name, "-t"));
    argv.addAll(List.of(type.split(" ", -1)));
    argv.addAll(List.of("-f", dir.resolve(name).toString()));
    run(new byte[0], argv);
  }

  /** Type and base64 of a public key. */
  String publicKey(String name) throws IOException {
    String[] words = Files.readString(dir.resolve(name + ".pub")).split(" ", -1);
    return words[0] + " " + words[1];
  }

  /** Allows these keys, without any condition. */
  void allow(String... names) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (String name : names) {
      lines.append(name).append("@example.com ").append(publicKey(name)).append('\n');
    }
    Files.writeString(signers, lines);
  }

  /** Writes, commits with this key, and pushes; the id of the commit. */
  String push(String key, String message, Map<String, String> files) {
    String id = commit(key, message, files);
    repo.git("push", "-q", "-f", "origin", "HEAD");
    return id;
  }

  String commit(String key, String message, Map<String, String> files) {
    files.forEach(repo::write);
    repo.git("add", "-A");
    signing(key, "commit", "-q", "-S", "--allow-empty", "-m", message);
    return repo.git("rev-parse", "HEAD");
  }

  /** Runs git with this key for signatures. */
  String signing(String key, String... arguments) {
    List<String> all =
        new ArrayList<>(
            List.of("-c", "gpg.format=ssh", "-c", "user.signingkey=" + dir.resolve(key)));
    all.addAll(List.of(arguments));
    return repo.git(all.toArray(String[]::new));
  }

  /** Whether the real git trusts this commit or tag. */
  boolean gitTrusts(String command, String id) {
    try {
      repo.git("-c", "gpg.ssh.allowedSignersFile=" + signers, command, id);
      return true;
    } catch (AssertionError e) {
      return false;
    }
  }

  /** The content of an object, with every byte. */
  String raw(String type, String id) {
    return run(new byte[0], List.of("git", "cat-file", type, id));
  }

  /** Writes an object as it is, whatever Git thinks of it. */
  String write(String type, String content) {
    return run(
            content.getBytes(ISO_8859_1),
            List.of("git", "hash-object", "-w", "--literally", "--stdin", "-t", type))
        .strip();
  }

  /** Points a ref of the remote to this object. */
  void publish(String id, String ref) {
    repo.git("push", "-q", "-f", "origin", id + ":" + ref);
  }

  /** The signature that ssh-keygen makes for this namespace. */
  String signature(String key, String namespace, String content) {
    Path file = dir.resolve(key);
    List<String> argv =
        List.of("ssh-keygen", "-q", "-Y", "sign", "-n", namespace, "-f", file.toString());
    return run(content.getBytes(ISO_8859_1), argv);
  }

  /** The output of a program that must succeed. */
  private String run(byte[] input, List<String> argv) {
    try {
      Process process =
          new ProcessBuilder(argv)
              .directory(repo.work.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (OutputStream in = process.getOutputStream()) {
        in.write(input);
      }
      String out = new String(process.getInputStream().readAllBytes(), ISO_8859_1);
      if (process.waitFor() != 0) {
        throw new AssertionError(argv + ": " + out);
      }
      return out;
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
