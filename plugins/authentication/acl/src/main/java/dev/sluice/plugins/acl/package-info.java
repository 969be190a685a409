/** Authorisation by groups, with the groups of consumers that go along. */
package dev.sluice.plugins.acl;
