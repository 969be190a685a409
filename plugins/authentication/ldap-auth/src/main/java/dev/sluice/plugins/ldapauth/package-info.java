/** Authentication by names and passwords that a directory checks. */
package dev.sluice.plugins.ldapauth;
