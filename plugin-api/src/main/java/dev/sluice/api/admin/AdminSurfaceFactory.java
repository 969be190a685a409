package dev.sluice.api.admin;

import dev.sluice.api.Catalog;

/** Makes the surface of one listener. */
public interface AdminSurfaceFactory {

  /** The listener: {@code admin}, {@code admin_gui} or {@code status}. */
  String listener();

  /** Builds the surface for what is loaded now. Called again, on the control thread, when the catalog changes. */
  AdminSurface create(Catalog catalog);
}
