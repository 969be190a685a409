/** The router flavors {@code traditional_compatible} and {@code traditional}. */
package dev.sluice.plugins.routertraditional;
