/** The administrative listeners and their endpoints. */
package dev.sluice.api.admin;
