package dev.sluice.api;

/**
 * The version of this plugin API, as a jar declares it in its manifest ({@code Sluice-Api: 1.0}).
 *
 * <p>The kernel loads a jar whose major version equals its own and whose minor version is not newer: within one
 * major version the API only grows.
 *
 * @param major breaks compatibility when it changes
 * @param minor grows with each addition
 */
public record ApiVersion(int major, int minor) {

  /** The version of the API in this jar. */
  public static final ApiVersion CURRENT = new ApiVersion(1, 0);

  /** The manifest attribute that carries the version a plugin was built for. */
  public static final String MANIFEST_ATTRIBUTE = "Sluice-Api";

  /**
   * Parses {@code major.minor}.
   *
   * @throws IllegalArgumentException when the text is not of that form
   */
  public static ApiVersion parse(String text) {
    int dot = text.indexOf('.');
    try {
      return dot < 0
          ? new ApiVersion(Integer.parseInt(text.trim()), 0)
          : new ApiVersion(
              Integer.parseInt(text.substring(0, dot).trim()), Integer.parseInt(text.substring(dot + 1).trim()));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("not an API version: '" + text + "' (expected major.minor)", e);
    }
  }

  /** Whether a plugin built for {@code wanted} runs on this version. */
  public boolean accepts(ApiVersion wanted) {
    return wanted.major == major && wanted.minor <= minor;
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
