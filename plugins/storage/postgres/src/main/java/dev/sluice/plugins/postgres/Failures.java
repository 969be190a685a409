package dev.sluice.plugins.postgres;

import dev.sluice.api.store.Mutation;
import dev.sluice.api.store.Mutation.Put;
import dev.sluice.api.store.StoreException;
import io.vertx.pgclient.PgException;
import java.util.List;

/** Turns what went wrong into what a store may fail with. */
final class Failures {

  private static final String DISK_FULL = "53100";

  private Failures() {}

  static StoreException of(String what) {
    return new StoreException("[PostgreSQL error] " + what, null);
  }

  static StoreException of(Throwable cause) {
    if (cause instanceof StoreException known) {
      return known;
    }
    String text = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    if (cause instanceof PgException refused) {
      text = refused.getErrorMessage() + " (" + refused.getSqlState() + ")";
      if (DISK_FULL.equals(refused.getSqlState())) {
        text = "the disk is full: " + text;
      }
    }
    return new StoreException("[PostgreSQL error] " + text, cause);
  }

  /** What a failed commit means: the layout's functions say by code and detail what they refuse. */
  static StoreException ofCommit(Throwable cause, List<Mutation> mutations) {
    if (!(cause instanceof PgException refused) || refused.getSqlState() == null) {
      return of(cause);
    }
    String[] detail = refused.getDetail() == null ? new String[] {""} : refused.getDetail().split(" ", 2);
    return switch (refused.getSqlState()) {
      case "SL001" -> {
        Mutation mutation = mutations.get(Integer.parseInt(detail[0]));
        yield new StoreException.PrimaryKeyTaken(mutation.type(), mutation.id());
      }
      case "SL002" -> {
        Put put = (Put) mutations.get(Integer.parseInt(detail[0]));
        yield new StoreException.UniqueKeyTaken(put.type(), put.uniques().get(Integer.parseInt(detail[1])));
      }
      case "SL003" -> {
        Put put = (Put) mutations.get(Integer.parseInt(detail[0]));
        yield new StoreException.MissingReference(put.references().get(Integer.parseInt(detail[1])));
      }
      case "SL004" -> new StoreException.Referenced(mutations.get(Integer.parseInt(detail[0])).type(), detail[1]);
      case "SL005" -> new StoreException.Changed();
      default -> of(cause);
    };
  }
}
