/** The plugin to copy; the guide for authors walks through it. */
package dev.sluice.plugins.example;
