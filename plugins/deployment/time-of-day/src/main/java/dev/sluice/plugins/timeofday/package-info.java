/** The strategy to copy: at certain hours requests go to another upstream. */
package dev.sluice.plugins.timeofday;
