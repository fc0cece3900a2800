package dev.escapade.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@code //go:} directives that stand before one declaration.
 *
 * @param uses each directive that was seen, in source order, before implied ones are added
 */
public record Pragma(
    List<Use> uses,
    List<Embed> embeds,
    @Nullable WasmName wasmImport,
    @Nullable WasmName wasmExport) {
  public Pragma {
    uses = List.copyOf(uses);
    embeds = List.copyOf(embeds);
  }

  /** Directives that are flags of a declaration (cmd/compile/internal/noder/lex.go, Go 1.26). */
  public enum Flag {
    GO_BUILD("go:build"),
    NOINTERFACE("go:nointerface"),
    NOESCAPE("go:noescape"),
    NORACE("go:norace"),
    NOSPLIT("go:nosplit"),
    NOINLINE("go:noinline"),
    NOCHECKPTR("go:nocheckptr"),
    SYSTEMSTACK("go:systemstack"),
    NOWRITEBARRIER("go:nowritebarrier"),
    NOWRITEBARRIERREC("go:nowritebarrierrec"),
    YESWRITEBARRIERREC("go:yeswritebarrierrec"),
    CGO_UNSAFE_ARGS("go:cgo_unsafe_args"),
    UINTPTRKEEPALIVE("go:uintptrkeepalive"),
    UINTPTRESCAPES("go:uintptrescapes"),
    REGISTERPARAMS("go:registerparams"),
    NOTINHEAP("go:notinheap");

    private final String verb;

    Flag(String verb) {
      this.verb = verb;
    }

    /** The spelling after the slashes. */
    public String verb() {
      return verb;
    }
  }

  /** One directive at one place. */
  public record Use(int pos, Flag flag) {}

  /** {@code //go:embed patterns}. */
  public record Embed(int pos, List<String> patterns) {
    public Embed {
      patterns = List.copyOf(patterns);
    }
  }

  /**
   * {@code //go:wasmimport module name} or {@code //go:wasmexport name} (then {@code module} is
   * "").
   */
  public record WasmName(int pos, String module, String name) {}

  /** Reports whether {@code flag} was given. */
  public boolean has(Flag flag) {
    for (Use use : uses) {
      if (use.flag == flag) {
        return true;
      }
    }
    return false;
  }
}
