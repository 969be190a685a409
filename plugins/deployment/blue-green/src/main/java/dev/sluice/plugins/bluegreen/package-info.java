/** Blue-green deployment: two sides of a service, of which one is active. */
package dev.sluice.plugins.bluegreen;
