/** The jars of a node, and their upload. */
package dev.sluice.plugins.pluginjars;
