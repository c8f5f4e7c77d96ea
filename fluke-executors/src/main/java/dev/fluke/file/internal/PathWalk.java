package dev.fluke.file.internal;

import dev.fluke.command.internal.ShellScript;

/**
 * The shell functions by which every program that touches a path of the host enters its directories
 * first: one after the other, without following a link that other users could have put there.
 */
public final class PathWalk {
  /**
   * Defines {@code enter PATH}; its comment says what that sets. It needs {@code /proc}, and {@code
   * stat -c} of GNU or BusyBox.
   */
  public static final String FUNCTIONS = ShellScript.resource(PathWalk.class, "walk.sh").text();

  private PathWalk() {}
}
