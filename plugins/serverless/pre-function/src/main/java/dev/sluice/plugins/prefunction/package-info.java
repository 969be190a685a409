/** Scripts that run before all other plugins. */
package dev.sluice.plugins.prefunction;
