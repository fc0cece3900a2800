package dev.escapade.tools.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** JSON as maps, lists, strings, numbers and booleans; and whether it is as a schema says. */
final class Json {
  /** Keywords that say nothing about a value. */
  private static final Set<String> REMARKS = Set.of("$schema", "$defs", "title", "description");

  private final Map<?, ?> definitions;
  private final List<String> errors = new ArrayList<>();

  private Json(Map<?, ?> definitions) {
    this.definitions = definitions;
  }

  static Object parse(String text) throws IOException {
    try (JsonParser parser = new JsonFactory().createParser(text)) {
      parser.nextToken();
      return value(parser);
    }
  }

  private static Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        Map<String, Object> map = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          map.put(name, value(parser));
        }
        yield map;
      }
      case START_ARRAY -> {
        List<Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          list.add(value(parser));
        }
        yield list;
      }
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> throw new IOException("unexpected " + parser.currentToken());
    };
  }

  /**
   * What is wrong with {@code value}. Only the keywords that our schema uses are known; any other
   * is an error, as is a property that the schema does not mention: it ought to.
   */
  static List<String> validate(Object value, Map<?, ?> schema) {
    Json json = new Json((Map<?, ?>) schema.get("$defs"));
    json.check(value, schema, "");
    return json.errors;
  }

  private void check(Object value, Map<?, ?> schema, String at) {
    schema.forEach((keyword, argument) -> {
      switch ((String) keyword) {
        case "$ref" -> check(value, definition((String) argument), at);
        case "type" -> require(isOf((String) argument, value), at, "is no " + argument);
        case "const" -> require(argument.equals(value), at, "is not " + argument);
        case "enum" -> require(((List<?>) argument).contains(value), at, "is not in " + argument);
        case "minimum" -> require((Long) value >= (Long) argument, at, "is below " + argument);
        case "minItems" -> require(((List<?>) value).size() >= (Long) argument, at, "is too short");
        case "items" -> {
          int i = 0;
          for (Object item : (List<?>) value) {
            check(item, (Map<?, ?>) argument, at + "/" + i++);
          }
        }
        case "required" -> {
          for (Object name : (List<?>) argument) {
            require(((Map<?, ?>) value).containsKey(name), at, "lacks " + name);
          }
        }
        case "properties" ->
            ((Map<?, ?>) value)
                .forEach((name, v) -> {
                  Map<?, ?> property = (Map<?, ?>) ((Map<?, ?>) argument).get(name);
                  require(property != null, at, "has an unknown property " + name);
                  if (property != null) {
                    check(v, property, at + "/" + name);
                  }
                });
        default -> require(REMARKS.contains(keyword), at, "unknown keyword " + keyword);
      }
    });
  }

  private Map<?, ?> definition(String reference) {
    return (Map<?, ?>) definitions.get(reference.substring("#/$defs/".length()));
  }

  private static boolean isOf(String type, Object value) {
    return switch (type) {
      case "object" -> value instanceof Map;
      case "array" -> value instanceof List;
      case "boolean" -> value instanceof Boolean;
      case "string" -> value instanceof String;
      case "integer" -> value instanceof Long;
      default -> false;
    };
  }

  private void require(boolean condition, String at, String message) {
    if (!condition) {
      errors.add(at + " " + message);
    }
  }
}
