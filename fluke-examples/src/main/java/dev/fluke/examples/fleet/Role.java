package dev.fluke.examples.fleet;

import java.util.Locale;

/** What a host is for; the manifests select hosts by it. */
enum Role {
  WEB,
  DB,
  WORKER;

  /** As labels have it. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
