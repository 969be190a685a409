/** Copies of requests go to a shadow; its answers are compared with those of the upstream, less what is noise. */
package dev.sluice.plugins.mirror;
