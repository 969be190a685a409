/** Authentication by signed tokens, with the keys of consumers that go along. */
package dev.sluice.plugins.jwt;
