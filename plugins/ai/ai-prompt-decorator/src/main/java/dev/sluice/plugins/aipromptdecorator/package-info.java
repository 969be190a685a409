/** Messages around those of the client. */
package dev.sluice.plugins.aipromptdecorator;
