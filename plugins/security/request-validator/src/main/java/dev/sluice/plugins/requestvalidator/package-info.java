/** Lets requests pass whose bodies and parameters conform to schemas. */
package dev.sluice.plugins.requestvalidator;
