/** Certificates, keys and secrets. */
package dev.sluice.api.security;
