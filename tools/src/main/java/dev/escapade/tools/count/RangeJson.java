package dev.escapade.tools.count;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.escapade.count.alloc.Formula;
import dev.escapade.count.alloc.Range;
import java.io.IOException;

/** How a range stands in JSON: an object without {@code high} if there is no upper bound. */
public final class RangeJson {
  private RangeJson() {}

  /** Writes a field that has a range. */
  public static void write(JsonGenerator json, String name, Range range) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeStringField("low", range.low().toString());
    Formula high = range.high();
    if (high != null) {
      json.writeStringField("high", high.toString());
    }
    json.writeEndObject();
  }
}
