/** The router flavor {@code expressions}. */
package dev.sluice.plugins.routerexpressions;
