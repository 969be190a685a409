package dev.sluice.plugins.grpc;

import com.google.api.AnnotationsProto;
import com.google.api.HttpProto;
import com.google.protobuf.AnyProto;
import com.google.protobuf.ApiProto;
import com.google.protobuf.DescriptorProtos;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.DurationProto;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.EmptyProto;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.FieldMaskProto;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.SourceContextProto;
import com.google.protobuf.StructProto;
import com.google.protobuf.TimestampProto;
import com.google.protobuf.TypeProto;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.WrappersProto;
import com.google.protobuf.util.JsonFormat;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The services and messages of a {@code .proto} file. Immutable; safe for all threads.
 *
 * <p>Messages go to and from JSON in Google's canonical mapping, with the names of fields as the file has them.
 */
public final class ProtoSchema {

  /** What the library knows as its own types has to be described by its own descriptions. */
  private static final List<FileDescriptor> GOOGLES =
      List.of(
          AnnotationsProto.getDescriptor(),
          AnyProto.getDescriptor(),
          ApiProto.getDescriptor(),
          DescriptorProtos.getDescriptor(),
          DurationProto.getDescriptor(),
          EmptyProto.getDescriptor(),
          FieldMaskProto.getDescriptor(),
          HttpProto.getDescriptor(),
          SourceContextProto.getDescriptor(),
          StructProto.getDescriptor(),
          TimestampProto.getDescriptor(),
          TypeProto.getDescriptor(),
          WrappersProto.getDescriptor());

  private final Map<String, MethodDescriptor> methods;
  private final JsonFormat.Printer printer;
  private final JsonFormat.Parser parser;

  private ProtoSchema(List<FileDescriptor> files) {
    Map<String, MethodDescriptor> found = new HashMap<>();
    TypeRegistry.Builder types = TypeRegistry.newBuilder();
    for (FileDescriptor file : files) {
      types.add(file.getMessageTypes());
      for (ServiceDescriptor service : file.getServices()) {
        service.getMethods().forEach(method -> found.put(path(method), method));
      }
    }
    this.methods = Collections.unmodifiableMap(found);
    TypeRegistry registry = types.build();
    this.printer =
        JsonFormat.printer()
            .usingTypeRegistry(registry)
            .preservingProtoFieldNames()
            .alwaysPrintFieldsWithNoPresence()
            .omittingInsignificantWhitespace();
    this.parser = JsonFormat.parser().usingTypeRegistry(registry).ignoringUnknownFields();
  }

  /**
   * Reads a file with all that it imports, which is looked for beside it; Google's own files are known. Blocks.
   *
   * @throws IllegalArgumentException when the file cannot be read, naming it
   */
  public static ProtoSchema load(Path file) {
    try {
      Map<String, FileDescriptorProto> protos = new HashMap<>();
      ExtensionRegistry extensions = ExtensionRegistry.newInstance();
      AnnotationsProto.registerAllExtensions(extensions);
      for (byte[] encoded : ProtoFiles.read(file)) {
        FileDescriptorProto proto = FileDescriptorProto.parseFrom(encoded, extensions);
        protos.put(proto.getName(), proto);
      }
      Map<String, FileDescriptor> built = new HashMap<>();
      GOOGLES.forEach(known -> built.put(known.getName(), known));
      for (String name : protos.keySet()) {
        build(name, protos, built);
      }
      return new ProtoSchema(List.copyOf(built.values()));
    } catch (InvalidProtocolBufferException | DescriptorValidationException e) {
      throw new IllegalArgumentException("the file " + file + " cannot be used: " + e.getMessage(), e);
    }
  }

  private static FileDescriptor build(
      String name, Map<String, FileDescriptorProto> protos, Map<String, FileDescriptor> built)
      throws DescriptorValidationException {
    FileDescriptor known = built.get(name);
    if (known != null) {
      return known;
    }
    FileDescriptorProto proto = protos.get(name);
    if (proto == null) {
      throw new IllegalArgumentException("the imported file " + name + " is not there");
    }
    List<FileDescriptor> imports = new ArrayList<>();
    for (String imported : proto.getDependencyList()) {
      imports.add(build(imported, protos, built));
    }
    FileDescriptor file = FileDescriptor.buildFrom(proto, imports.toArray(FileDescriptor[]::new));
    built.put(name, file);
    return file;
  }

  /** The path by which a method is called. */
  public static String path(MethodDescriptor method) {
    return "/" + method.getService().getFullName() + "/" + method.getName();
  }

  /** All methods by their paths. */
  public Map<String, MethodDescriptor> methods() {
    return methods;
  }

  /** The method that is called by a path. */
  public Optional<MethodDescriptor> method(String path) {
    return Optional.ofNullable(methods.get(path));
  }

  /**
   * A message from its JSON.
   *
   * @throws IllegalArgumentException when it is no such message, saying why
   */
  public Buffer fromJson(Descriptor type, String json) {
    try {
      DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
      parser.merge(json, message);
      return Buffer.buffer(message.build().toByteArray());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /**
   * The JSON of a message.
   *
   * @throws IllegalArgumentException when the bytes are no such message
   */
  public String toJson(Descriptor type, Buffer message) {
    try {
      return printer.print(DynamicMessage.parseFrom(type, message.getBytes()));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
