package dev.fluke.source.git;

import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jgit.lib.RepositoryCache;
import org.eclipse.jgit.util.FS;

/**
 * Starts the thread and the shutdown hook of JGit, which outlive every reconciler. They keep the
 * context class loader that they find, which may be that of an application that is unloaded later.
 */
final class JGitStart {
  private static final AtomicBoolean DONE = new AtomicBoolean();

  private JGitStart() {}

  static synchronized void once() throws ClassNotFoundException {
    if (DONE.get()) {
      return;
    }
    Thread thread = Thread.currentThread();
    ClassLoader context = thread.getContextClassLoader();
    ClassLoader ofJGit = FS.class.getClassLoader();
    thread.setContextClassLoader(ofJGit);
    try {
      Class.forName(FS.FileStoreAttributes.class.getName(), true, ofJGit);
      Class.forName(RepositoryCache.class.getName(), true, ofJGit);
      DONE.set(true);
    } finally {
      thread.setContextClassLoader(context);
    }
  }
}
