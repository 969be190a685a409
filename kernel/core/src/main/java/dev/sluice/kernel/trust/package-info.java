/** How upstreams are met over TLS: what they are shown, and what is asked of them. */
package dev.sluice.kernel.trust;
