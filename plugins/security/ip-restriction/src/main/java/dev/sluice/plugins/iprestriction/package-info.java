/** Allowing and denying addresses. */
package dev.sluice.plugins.iprestriction;
