package dev.escapade.count;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes facts and reads them: records by their components, sealed interfaces by the index of the
 * class among the permitted ones, strings once.
 */
final class FactsCodec {
  private static final int MAX_DEPTH = 4000;
  private static final Class<?>[] NO_KINDS = {};

  private FactsCodec() {}

  static void write(Facts facts, DataOutput out) throws IOException {
    new Writer(out).write(facts, Facts.class);
  }

  static Facts read(DataInput in) throws IOException {
    return (Facts) new Reader(in).read(Facts.class, 0);
  }

  private static Class<?> raw(Type t) {
    return t instanceof ParameterizedType p ? (Class<?>) p.getRawType() : (Class<?>) t;
  }

  private static Type argument(Type t, int i) {
    return ((ParameterizedType) t).getActualTypeArguments()[i];
  }

  /** A class that is a record or has records as its kinds; asking for this each time is slow. */
  private static final class Shape {
    final Class<?>[] kinds;
    final Type[] types;
    final Method[] accessors;
    final @Nullable Constructor<?> constructor;

    private Shape(Class<?> c) throws NoSuchMethodException {
      kinds = c.isSealed() ? c.getPermittedSubclasses() : NO_KINDS;
      RecordComponent[] components = c.getRecordComponents();
      int n = components == null ? 0 : components.length;
      types = new Type[n];
      accessors = new Method[n];
      Class<?>[] raw = new Class<?>[n];
      for (int i = 0; i < n; i++) {
        types[i] = components[i].getGenericType();
        raw[i] = components[i].getType();
        accessors[i] = components[i].getAccessor();
        accessors[i].setAccessible(true);
      }
      constructor = components == null ? null : c.getDeclaredConstructor(raw);
      if (constructor != null) {
        constructor.setAccessible(true);
      }
    }

    static Shape of(Map<Class<?>, Shape> known, Class<?> c) {
      Shape shape = known.get(c);
      if (shape == null) {
        try {
          shape = new Shape(c);
        } catch (NoSuchMethodException e) {
          throw new IllegalStateException(e); // each record has it
        }
        known.put(c, shape);
      }
      return shape;
    }
  }

  private static final class Writer {
    private final Map<Class<?>, Shape> shapes = new HashMap<>();
    private final DataOutput out;
    private final Map<String, Integer> strings = new HashMap<>();

    Writer(DataOutput out) {
      this.out = out;
    }

    void write(Object value, Type type) throws IOException {
      switch (value) {
        case String s -> string(s);
        case Long n -> out.writeLong(n);
        case Integer n -> out.writeInt(n);
        case Boolean b -> out.writeBoolean(b);
        case Character c -> out.writeChar(c);
        case Enum<?> e -> string(e.name());
        case List<?> list -> {
          out.writeInt(list.size());
          for (Object e : list) {
            write(e, argument(type, 0));
          }
        }
        case Map<?, ?> map -> {
          out.writeInt(map.size());
          for (Map.Entry<?, ?> e : map.entrySet()) {
            write(e.getKey(), argument(type, 0));
            write(e.getValue(), argument(type, 1));
          }
        }
        case Record r -> record(r, raw(type));
        default -> throw new IllegalArgumentException(value.getClass().getName());
      }
    }

    private void record(Record r, Class<?> type) throws IOException {
      if (type.isSealed()) {
        out.writeByte(Arrays.asList(Shape.of(shapes, type).kinds).indexOf(r.getClass()));
      }
      Shape shape = Shape.of(shapes, r.getClass());
      for (int i = 0; i < shape.types.length; i++) {
        try {
          write(shape.accessors[i].invoke(r), shape.types[i]);
        } catch (IllegalAccessException | InvocationTargetException e) {
          throw new IllegalStateException(e);
        }
      }
    }

    private void string(String s) throws IOException {
      Integer known = strings.putIfAbsent(s, strings.size());
      out.writeInt(known == null ? -1 : known);
      if (known == null) {
        out.writeUTF(s);
      }
    }
  }

  private static final class Reader {
    private final Map<Class<?>, Shape> shapes = new HashMap<>();
    private final DataInput in;
    private final List<String> strings = new ArrayList<>();

    Reader(DataInput in) {
      this.in = in;
    }

    Object read(Type type, int depth) throws IOException {
      if (depth > MAX_DEPTH) {
        throw new IOException("nested too deeply");
      }
      Class<?> c = raw(type);
      if (c == String.class) {
        return string();
      } else if (c == long.class) {
        return in.readLong();
      } else if (c == int.class || c == Integer.class) {
        return in.readInt();
      } else if (c == boolean.class) {
        return in.readBoolean();
      } else if (c == char.class) {
        return in.readChar();
      } else if (c.isEnum()) {
        return constant(c, string());
      } else if (c == List.class) {
        List<Object> list = new ArrayList<>();
        for (int n = size(); n > 0; n--) {
          list.add(read(argument(type, 0), depth + 1));
        }
        return List.copyOf(list);
      } else if (c == Map.class) {
        Map<Object, Object> map = new TreeMap<>();
        for (int n = size(); n > 0; n--) {
          Object key = read(argument(type, 0), depth + 1);
          map.put(key, read(argument(type, 1), depth + 1));
        }
        return map;
      } else if (c.isSealed()) {
        Class<?>[] kinds = Shape.of(shapes, c).kinds;
        return record((Class<?>) element(kinds, in.readUnsignedByte()), depth);
      }
      return record(c, depth);
    }

    private static Object constant(Class<?> type, String name) throws IOException {
      for (Object e : type.getEnumConstants()) {
        if (((Enum<?>) e).name().equals(name)) {
          return e;
        }
      }
      throw new IOException("no such constant: " + name);
    }

    private static Object element(Object[] all, int i) throws IOException {
      if (i >= all.length) {
        throw new IOException("no such kind: " + i);
      }
      return all[i];
    }

    private int size() throws IOException {
      int n = in.readInt();
      if (n < 0) {
        throw new IOException("negative size");
      }
      return n;
    }

    private Object record(Class<?> c, int depth) throws IOException {
      Shape shape = Shape.of(shapes, c);
      Constructor<?> constructor = shape.constructor;
      if (constructor == null) {
        throw new IOException("no record: " + c);
      }
      Object[] values = new Object[shape.types.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = read(shape.types[i], depth + 1);
      }
      try {
        return constructor.newInstance(values);
      } catch (ReflectiveOperationException e) {
        throw new IOException(e);
      }
    }

    private String string() throws IOException {
      int known = in.readInt();
      if (known < 0) {
        String s = in.readUTF();
        strings.add(s);
        return s;
      }
      if (known >= strings.size()) {
        throw new IOException("no such string");
      }
      return strings.get(known);
    }
  }
}
