/** Templates of requests that clients fill by name. */
package dev.sluice.plugins.aiprompttemplate;
