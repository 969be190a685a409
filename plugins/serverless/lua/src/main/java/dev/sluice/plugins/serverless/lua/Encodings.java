package dev.sluice.plugins.serverless.lua;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

import static org.luaj.vm2.LuaValue.NIL;

/** Digests and encodings of {@code ngx}. */
final class Encodings {

  private static final int HASH_COST = 8;

  /** The module {@code ngx.base64}. */
  static final LuaTable BASE64 = new Library("ngx.base64")
      .fn("encode_base64url", args -> LuaString.valueUsing(
          Base64.getUrlEncoder().withoutPadding().encode(bytes(args, 1))))
      .fn("decode_base64url", args -> decode(args, Base64.getUrlDecoder()))
      .seal();

  private Encodings() {}

  static void into(Library ngx) {
    ngx.fn("encode_base64", args -> LuaString.valueUsing(
            (args.at(2).toboolean() ? Base64.getEncoder().withoutPadding() : Base64.getEncoder())
                .encode(bytes(args, 1))))
        .fn("decode_base64", args -> decode(args, Base64.getDecoder()))
        .fn("md5", args -> LuaValue.valueOf(HexFormat.of().formatHex(digest(args, "MD5"))))
        .fn("md5_bin", args -> LuaString.valueUsing(digest(args, "MD5")))
        .fn("sha1_bin", args -> LuaString.valueUsing(digest(args, "SHA-1")))
        .fn("hmac_sha1", Encodings::hmac)
        .fn("crc32_short", Encodings::crc)
        .fn("crc32_long", Encodings::crc)
        .fn("escape_uri", args -> Text.wire(QueryTables.escape(Text.wire(text(args, 1)),
            args.has(2) && args.integer(2) == 0 ? "!#$&'()*+,/:;=?@[]" : "")))
        .fn("unescape_uri", args -> QueryTables.unescape(text(args, 1)))
        .fn("encode_args", args -> Text.wire(QueryTables.encode(args, args.table(1))))
        .fn("decode_args", args -> QueryTables.parse(args, Text.wire(text(args, 1)), args.optInteger(2, 100)))
        .fn("quote_sql_str", Encodings::quoted);
  }

  private static LuaString text(Args args, int index) {
    LuaValue given = args.at(index);
    LuaString text = given.isnil() ? LuaValue.EMPTYSTRING : given.isboolean()
        ? LuaValue.valueOf(given.tojstring()) : args.string(index);
    args.run().guard().allocate(4L * text.m_length);
    args.run().guard().charge(text.m_length / HASH_COST);
    return text;
  }

  private static byte[] bytes(Args args, int index) {
    return Text.bytes(text(args, index));
  }

  private static Varargs decode(Args args, Base64.Decoder decoder) {
    try {
      return LuaString.valueUsing(decoder.decode(bytes(args, 1)));
    } catch (IllegalArgumentException none) {
      return NIL;
    }
  }

  private static byte[] digest(Args args, String algorithm) {
    args.run().guard().charge(10);
    try {
      return MessageDigest.getInstance(algorithm).digest(bytes(args, 1));
    } catch (GeneralSecurityException missing) {
      throw args.error(args.function() + ": " + missing.getMessage());
    }
  }

  private static Varargs hmac(Args args) {
    args.run().guard().charge(20);
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      byte[] key = bytes(args, 1);
      mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, "HmacSHA1"));
      return LuaString.valueUsing(mac.doFinal(bytes(args, 2)));
    } catch (GeneralSecurityException missing) {
      throw args.error(args.function() + ": " + missing.getMessage());
    }
  }

  private static Varargs crc(Args args) {
    CRC32 crc = new CRC32();
    crc.update(bytes(args, 1));
    return LuaValue.valueOf((double) crc.getValue());
  }

  private static Varargs quoted(Args args) {
    StringBuilder out = new StringBuilder("'");
    String text = Text.wire(text(args, 1));
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\0' -> out.append("\\0");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\b' -> out.append("\\b");
        case 26 -> out.append("\\Z");
        case '\\', '\'', '"' -> out.append('\\').append(c);
        default -> out.append(c);
      }
    }
    return Text.wire(out.append('\'').toString());
  }
}
