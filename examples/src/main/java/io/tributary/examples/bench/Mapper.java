package io.tributary.examples.bench;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONWriter;
import com.dslplatform.json.DslJson;
import com.dslplatform.json.runtime.Settings;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.fasterxml.jackson.module.blackbird.BlackbirdModule;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A library that maps JSON to {@link WireOrder} and back.
 *
 * @param escapedWriter writes ASCII; null when it cannot
 */
record Mapper(
        String name, Reader reader, Writer writer, @Nullable Writer escapedWriter) {
    /** From bytes. */
    interface Reader {
        WireOrder read(byte[] json) throws IOException;
    }

    /** To bytes. */
    interface Writer {
        byte[] write(WireOrder order) throws IOException;
    }

    static List<Mapper> all() {
        return List.of(databind("databind", false), databind("databind with Blackbird", true), fastjson2(), dslJson());
    }

    private static Mapper databind(String name, boolean blackbird) {
        JsonMapper.Builder builder = JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
        JsonMapper mapper = (blackbird ? builder.addModule(new BlackbirdModule()) : builder).build();
        ObjectReader reader = mapper.readerFor(WireOrder.class);
        ObjectWriter writer = mapper.writerFor(WireOrder.class);
        ObjectWriter escaped = writer.with(JsonWriteFeature.ESCAPE_NON_ASCII);
        return new Mapper(name, reader::readValue, writer::writeValueAsBytes, escaped::writeValueAsBytes);
    }

    private static Mapper fastjson2() {
        return new Mapper(
                "fastjson2",
                json -> JSON.parseObject(json, WireOrder.class),
                JSON::toJSONBytes,
                order -> JSON.toJSONBytes(order, JSONWriter.Feature.EscapeNoneAscii));
    }

    /** By reflection at run time. */
    private static Mapper dslJson() {
        DslJson<Object> json = new DslJson<>(Settings.withRuntime());
        return new Mapper(
                "dsl-json",
                bytes -> Objects.requireNonNull(json.deserialize(WireOrder.class, bytes, bytes.length)),
                order -> {
                    ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
                    json.serialize(order, out);
                    return out.toByteArray();
                },
                null);
    }
}
