package dev.escapade.ir;

import dev.escapade.types.Type;

/**
 * What a word of a dictionary of a generic function or type holds: an address, known when the code
 * is compiled (noder/reader.go: dictNameOf, Go 1.26).
 */
public sealed interface DictWord {
  /** The function of a method of a type argument. */
  record Method(Type recv, String name) implements DictWord {}

  /** Another dictionary. */
  record Dictionary(Sym sym) implements DictWord {}

  /** The descriptor of a type. */
  record Descriptor(Type type) implements DictWord {}

  /** The itab of a type and an interface; nil if the two need none. */
  record Itab(Type type, Type iface) implements DictWord {}
}
