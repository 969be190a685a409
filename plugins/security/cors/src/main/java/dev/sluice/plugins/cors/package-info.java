/** Cross-origin resource sharing. */
package dev.sluice.plugins.cors;
