package dev.sluice.api.store;

/** Why a store refused or failed. */
public class StoreException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** A failure of the store itself: unreachable, full, broken. */
  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }

  /** A refusal; it needs no stack trace. */
  protected StoreException(String message) {
    super(message, null, false, false);
  }

  /** A row of that id exists and was to be new. */
  public static final class PrimaryKeyTaken extends StoreException {
    private static final long serialVersionUID = 1L;
    private final String type;
    private final String id;

    /** Names the row. */
    public PrimaryKeyTaken(String type, String id) {
      super(type + " " + id + " exists already");
      this.type = type;
      this.id = id;
    }

    /** The type. */
    public String type() {
      return type;
    }

    /** The id. */
    public String id() {
      return id;
    }
  }

  /** Another row has that unique key. */
  public static final class UniqueKeyTaken extends StoreException {
    private static final long serialVersionUID = 1L;
    private final String type;
    private final transient UniqueKey key;

    /** Names the type and the key. */
    public UniqueKeyTaken(String type, UniqueKey key) {
      super("another of " + type + " has the same " + key.field());
      this.type = type;
      this.key = key;
    }

    /** The type. */
    public String type() {
      return type;
    }

    /** The key. */
    public UniqueKey key() {
      return key;
    }
  }

  /** A row refers to one that is not there. */
  public static final class MissingReference extends StoreException {
    private static final long serialVersionUID = 1L;
    private final transient Reference reference;

    /** Names the reference. */
    public MissingReference(Reference reference) {
      super("no " + reference.type() + " " + reference.id() + ", which " + reference.field() + " refers to");
      this.reference = reference;
    }

    /** The reference. */
    public Reference reference() {
      return reference;
    }
  }

  /** A row to be deleted is referred to by another one. */
  public static final class Referenced extends StoreException {
    private static final long serialVersionUID = 1L;
    private final String type;
    private final String byType;

    /** Names both types. */
    public Referenced(String type, String byType) {
      super("one of " + byType + " refers to this one of " + type);
      this.type = type;
      this.byType = byType;
    }

    /** The type of the row to be deleted. */
    public String type() {
      return type;
    }

    /** The type of a row that refers to it. */
    public String byType() {
      return byType;
    }
  }

  /** A row was written or deleted after the revision that a commit was based on. */
  public static final class Changed extends StoreException {
    private static final long serialVersionUID = 1L;

    /** Says no more than that. */
    public Changed() {
      super("what was to be changed has been changed since");
    }
  }

  /** The layout of the store is not this release's, and an operator has to decide what happens to it. */
  public static final class Unprepared extends StoreException {
    private static final long serialVersionUID = 1L;

    /** Says what to do, in words for the one who starts a node. */
    public Unprepared(String message) {
      super(message);
    }
  }

  /** The log of changes does not reach back as far as asked. */
  public static final class LogTruncated extends StoreException {
    private static final long serialVersionUID = 1L;

    /** Says from where the log begins. */
    public LogTruncated(long oldest) {
      super("the log of changes begins after revision " + oldest);
    }

    /** Says why what was asked for is not in the log. */
    public LogTruncated(String reason) {
      super(reason);
    }
  }
}
