/** Scripts that run after all other plugins. */
package dev.sluice.plugins.postfunction;
