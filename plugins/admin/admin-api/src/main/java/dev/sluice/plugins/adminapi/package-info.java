/** The Admin API and the status listener, in Kong's form. */
package dev.sluice.plugins.adminapi;
