/** Authentication by keys, with the credentials that go along. */
package dev.sluice.plugins.keyauth;
