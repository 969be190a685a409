/** Hand-written stand-ins for what the kernel lends to plugins. */
package dev.sluice.testkit.fake;
