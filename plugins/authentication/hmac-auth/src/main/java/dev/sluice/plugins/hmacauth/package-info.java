/** Authentication by signatures of requests, with the secrets that go along. */
package dev.sluice.plugins.hmacauth;
