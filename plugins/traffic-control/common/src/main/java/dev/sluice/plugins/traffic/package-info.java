/** Counting requests in windows of time: on one node, on several by way of Redis or the store. */
package dev.sluice.plugins.traffic;
