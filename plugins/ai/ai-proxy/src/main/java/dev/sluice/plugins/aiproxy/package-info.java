/** Lets clients speak to any model in the words of one API. */
package dev.sluice.plugins.aiproxy;
