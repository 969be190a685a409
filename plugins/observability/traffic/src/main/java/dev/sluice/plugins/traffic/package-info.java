/** What passes through the node now, and what passed in the last minutes. */
package dev.sluice.plugins.traffic;
