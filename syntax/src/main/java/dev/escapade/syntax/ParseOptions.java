package dev.escapade.syntax;

/**
 * How the files of one package are parsed. One value serves all files of a package, one after the
 * other, because they share its numbers and names.
 *
 * @param ids where the numbers of expressions come from
 * @param names where equal names become one string
 * @param checkBranches whether labels and branch statements are checked ({@link Branches})
 * @param std whether the package belongs to the standard library, which may use more directives
 * @param runtime whether the package belongs to the runtime, which may use yet more
 * @param wasm whether the target is WebAssembly, where {@code //go:wasmimport} has a meaning
 */
public record ParseOptions(
    IdSource ids,
    NameTable names,
    boolean checkBranches,
    boolean std,
    boolean runtime,
    boolean wasm) {

  /** Options for an ordinary package; branches are checked. */
  public static ParseOptions of(IdSource ids) {
    return new ParseOptions(ids, new NameTable(), true, false, false, false);
  }

  /** The same for a package of the standard library. */
  public ParseOptions forStd(boolean inRuntime) {
    return new ParseOptions(ids, names, checkBranches, true, inRuntime, wasm);
  }

  /** The same for a WebAssembly target. */
  public ParseOptions forWasm() {
    return new ParseOptions(ids, names, checkBranches, std, runtime, true);
  }

  /** The same without the checks of labels and branch statements. */
  public ParseOptions withoutBranchChecks() {
    return new ParseOptions(ids, names, false, std, runtime, wasm);
  }

  /** The same for another package. */
  public ParseOptions with(IdSource otherIds, NameTable otherNames) {
    return new ParseOptions(otherIds, otherNames, checkBranches, std, runtime, wasm);
  }
}
