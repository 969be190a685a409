/** What every implementation of a part of the seam has to keep to, as tests to extend. */
package dev.sluice.testkit.contract;
