/** Upstreams: balancing, health and names, in two levels: the upstream, then the address. */
package dev.sluice.api.upstream;
