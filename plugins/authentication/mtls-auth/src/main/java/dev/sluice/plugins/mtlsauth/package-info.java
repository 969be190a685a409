/** Authentication by certificates that clients show. */
package dev.sluice.plugins.mtlsauth;
