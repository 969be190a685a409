/** Answers of Azure functions. */
package dev.sluice.plugins.azurefunctions;
