package dev.fluke.tests.embedding;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fluke.manifest.ManifestReader;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.source.DirectorySource;
import dev.fluke.source.ManifestSource;
import dev.fluke.source.Revision;
import dev.fluke.source.git.GitSource;
import dev.fluke.ssh.Ssh;
import dev.fluke.time.Scheduler;
import java.nio.file.Path;
import java.util.Map;

/** Meets old libraries at each place where Fluke calls them, and prints what came of it. */
final class OldLibrariesProgram {
  private OldLibrariesProgram() {}

  /** Reads YAML, and does not say so. */
  private static final class OwnSource implements ManifestSource {
    @Override
    public Feed open(Scheduler scheduler, ManifestReader reader) {
      byte[] file = "tasks: {}".getBytes(UTF_8);
      return () -> new News.Good(Revision.of("1", reader.read(Map.of("a.fluke.yaml", file))));
    }

    @Override
    public String toString() {
      return "own";
    }
  }

  public static void main(String[] args) {
    print("directory", () -> build(DirectorySource.at(Path.of(args[0]))));
    print("git", () -> build(GitSource.at("file:///nowhere.git")));
    print("ssh", () -> Ssh.to("web-01"));
    print("own", OldLibrariesProgram::pollOwn);
  }

  private static void pollOwn() {
    try (Reconciler reconciler = Reconciler.builder().source(new OwnSource()).build()) {
      reconciler.cycle();
      System.out.println("notes: " + reconciler.cycle().notes());
      System.out.println("source: " + reconciler.status().sources().get(0).lastError());
    }
  }

  private static void build(ManifestSource source) {
    Reconciler.builder().source(source).build().close();
  }

  private static void print(String what, Runnable call) {
    try {
      call.run();
      System.out.println(what + ": works");
    } catch (IllegalStateException e) {
      System.out.println(what + ": " + e.getMessage());
    }
  }
}
