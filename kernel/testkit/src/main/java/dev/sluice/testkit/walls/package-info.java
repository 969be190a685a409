/** Rules that hold in every plugin: they run in each plugin module, on the classes that go into its jar. */
package dev.sluice.testkit.walls;
