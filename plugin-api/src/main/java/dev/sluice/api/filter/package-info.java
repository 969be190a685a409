/** Filters: what a plugin does with a request, by phase. */
package dev.sluice.api.filter;
