/** The admin portal: serves its pages, and passes their calls on to the Admin API. */
package dev.sluice.plugins.portal;
