package dev.fluke.text;

/**
 * How much Fluke reads of what others write: revisions, configs and inventories. What exceeds a
 * limit is refused before it is built, with an error that names the limit. {@code
 * docs/manifests.md} has them in a table.
 */
public final class Limits {
  /** Bytes of one file: a manifest, a config, an inventory, or a file that a step names. */
  public static final int FILE_BYTES = 1024 * 1024;

  /** Manifest files of a revision. */
  public static final int FILES = 4_000;

  /** Bytes of all manifest files of a revision. */
  public static final long FILES_BYTES = 64L * FILE_BYTES;

  /** Files and directories among which the manifests of a revision are looked up. */
  public static final int ENTRIES = 1_000_000;

  /** Directories in each other, in a commit. */
  public static final int DIRECTORIES = 100;

  /** Bytes of the files that the steps of a revision name, counted each time one is named. */
  public static final long NAMED_FILES_BYTES = 32L * FILE_BYTES;

  /** Characters of all values of a revision, counted each time an alias or a local is used. */
  public static final int TEXT = 16 * FILE_BYTES;

  /** Characters of one value, with its locals replaced. */
  public static final int VALUE = FILE_BYTES;

  /** Characters of all locals of a file, with the locals in them replaced. */
  public static final int LOCALS = 4 * FILE_BYTES;

  /** Locals that refer to each other in a row. */
  public static final int LOCALS_IN_A_ROW = 50;

  /** Mappings and lists in each other. */
  public static final int LEVELS = 50;

  /** Values of a file, counted each time an alias is used. */
  public static final int VALUES = 100_000;

  /** Tasks of a revision. */
  public static final int TASKS = 20_000;

  /** Steps of a revision. */
  public static final int STEPS = 50_000;

  /** Steps of a task. */
  public static final int STEPS_OF_TASK = 1_000;

  /** Entries of a field that is a mapping of names to texts, such as {@code env}. */
  public static final int ENTRIES_OF_FIELD = 1_000;

  /** Characters of a name or a path in a field. */
  public static final int NAME = 4_095;

  /** Conditions of a selector. */
  public static final int CONDITIONS = 100;

  /** Values of one condition of a selector. */
  public static final int CONDITION_VALUES = 1_000;

  /** Characters of a glob. */
  public static final int GLOB = 1_000;

  /** Problems that are listed, of a file and of a revision. */
  public static final int PROBLEMS = 1_000;

  private Limits() {}
}
