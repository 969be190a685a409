/** One request as a filter sees it. */
package dev.sluice.api.request;
