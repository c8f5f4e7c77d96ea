package dev.fluke.reconcile.internal.memory;

import java.util.List;

/**
 * What the executors of a task said about themselves. Immutable.
 *
 * @param declaration without meaning if there is a problem
 * @param problem why it can't be had; empty if it can
 * @param needsHost whether the task leaves out agents without a host
 * @param warnings for people, without the name of the task
 * @param mayChange whether the same task may declare something else later
 */
public record DeclaredTask(
    Declaration declaration,
    String problem,
    boolean needsHost,
    List<String> warnings,
    boolean mayChange) {

  public DeclaredTask {
    warnings = List.copyOf(warnings);
  }

  /** A task that declares this, and says nothing else. */
  public static DeclaredTask of(Declaration declaration) {
    return new DeclaredTask(declaration, "", false, List.of(), false);
  }

  /** A task whose declaration can't be had, for this reason. */
  static DeclaredTask unknown(String problem) {
    return new DeclaredTask(Declaration.NONE, problem, false, List.of(), true);
  }

  /** The same with the present values of its secrets; not known if one can't be had. */
  public DeclaredTask supplied(SuppliedSecrets secrets) {
    if (!isKnown() || declaration.secretNames().isEmpty()) {
      return this;
    }
    String missing = secrets.problem(declaration.secretNames());
    if (!missing.isEmpty()) {
      return unknown(missing);
    }
    Declaration whole = declaration.supplied(secrets.values(declaration.secretNames()));
    return new DeclaredTask(whole, problem, needsHost, warnings, mayChange);
  }

  /** Whether the declaration can be had. */
  public boolean isKnown() {
    return problem.isEmpty();
  }

  /** Whether both declare the same. False if one of them is not known. */
  public boolean isSameAs(DeclaredTask other) {
    return isKnown() && other.isKnown() && declaration.equals(other.declaration);
  }
}
