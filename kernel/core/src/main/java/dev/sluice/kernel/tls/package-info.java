/** Which certificate a listener shows. */
package dev.sluice.kernel.tls;
