package dev.escapade.types;

import java.util.List;

/** A struct type. */
public final class Struct extends Type {
  private List<Var> fields;
  private List<String> tags;

  /** A struct whose fields follow by {@link #setFields}. */
  Struct() {
    this(List.of(), List.of());
  }

  /**
   * A struct.
   *
   * @param tags byte strings (see {@link dev.escapade.types.constant.GoStrings}), no more than
   *     fields; empty if no field has a tag
   */
  public Struct(List<Var> fields, List<String> tags) {
    this.fields = List.copyOf(fields);
    this.tags = List.copyOf(tags);
  }

  void setFields(List<Var> fields, List<String> tags) {
    this.fields = List.copyOf(fields);
    this.tags = List.copyOf(tags);
  }

  public int numFields() {
    return fields.size();
  }

  public Var field(int i) {
    return fields.get(i);
  }

  /** The fields, blank and embedded ones included; immutable. */
  public List<Var> fields() {
    return fields;
  }

  /** The tag of field {@code i} as a byte string, or "". */
  public String tag(int i) {
    return i < tags.size() ? tags.get(i) : "";
  }

  /** The tags; empty if no field has one. */
  List<String> tags() {
    return tags;
  }

  @Override
  public Type underlying() {
    return this;
  }
}
