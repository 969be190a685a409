/** What a plugin may be told of. */
package dev.sluice.api.event;
