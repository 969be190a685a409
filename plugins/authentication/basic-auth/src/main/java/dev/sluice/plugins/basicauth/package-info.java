/** Authentication by names and passwords, with the credentials that go along. */
package dev.sluice.plugins.basicauth;
